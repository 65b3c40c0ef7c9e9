use super::*;
use crate::manuscript::lay_out;

/// The blocks of a text: mark, what is seen (`|` between pieces), bold pieces.
fn blocks(text: &str) -> Vec<(Mark, String, usize)> {
    let document = document(text);
    let seen = |block: &RawBlock| block.shown(text).map(|piece| piece.text).collect::<Vec<_>>().join("|");
    document.blocks.iter().map(|block| (block.mark, seen(block), block.lead)).collect()
}

fn document(text: &str) -> Document {
    read(Source::new("稿.md", Form::Markdown, text.to_string()))
}

fn seen(text: &str) -> Vec<String> {
    blocks(text).into_iter().map(|block| block.1.replace('|', "")).collect()
}

/// The reading text.
fn reading(text: &str) -> String {
    lay_out(vec![document(text)]).text
}

#[test]
fn emphasis_is_transparent() {
    assert_eq!(blocks("人民**法院**和*检察*院\n"), [(Mark::None, "人民|法院|和|检察|院".into(), 0)]);
    assert_eq!(reading("人民**法院**和***检察***院\n"), "人民法院和检察院\n");
    assert_eq!(blocks("**概述** 后文。"), [(Mark::None, "概述| 后文。".into(), 1)]);
    assert_eq!(reading("说明**“关键”**和**（注意）**两处。"), "说明“关键”和（注意）两处。\n");
    assert_eq!(blocks("**本报讯(记者 洪涛)**入冬"), [(Mark::None, "本报讯(记者 洪涛)|入冬".into(), 1)]);
}

#[test]
fn masked_names_are_no_emphasis() {
    for text in [
        "张**、李**等人。",
        "张**和李**等人。",
        "张*伟和李*强到场。",
        "张**诉李**一案。",
        "电话138****5678、139****1234。",
        "3*4*5",
    ] {
        assert_eq!(reading(text), format!("{text}\n"));
    }
}

#[test]
fn a_mask_does_not_eat_the_bold_words_behind_it() {
    assert_eq!(reading("张**、李**和**人民法院**。"), "张**、李**和人民法院。\n");
}

#[test]
fn a_stray_mark_stays() {
    assert_eq!(reading("扶手和坡道**。"), "扶手和坡道**。\n");
    assert_eq!(reading("3~5天，10~15人，~~删去~~保留。"), "3~5天，10~15人，保留。\n");
}

#[test]
fn escapes_and_entities_map_to_themselves() {
    let document = document("甲\\*乙&nbsp;丙&#x4e2d;丁&amp;lt;");
    let block = &document.blocks[0];
    assert_eq!(seen("甲\\*乙&nbsp;丙&#x4e2d;丁&amp;lt;"), ["甲*乙\u{A0}丙中丁&lt;"]);
    let more = block.more.as_ref().expect("entities");
    let other: Vec<(&str, &str)> = more
        .shown
        .iter()
        .map(|(index, shown)| (block.pieces[*index].of(&document.source.text), shown.as_str()))
        .collect();
    assert_eq!(other, [("&nbsp;", "\u{A0}"), ("&#x4e2d;", "中"), ("&amp;", "&")]);
}

#[test]
fn lines_are_joined_in_silence() {
    let manuscript = lay_out(vec![document(
        "> 入冬以来，各村党支部共选\n> 拔护林员三十名，分片\n> 巡山 using Rust\n> and 3 tools。\n",
    )]);
    assert_eq!(manuscript.text, "入冬以来，各村党支部共选拔护林员三十名，分片巡山 using Rust and 3 tools。\n");
    let all_silent = |what| matches!(what, crate::manuscript::Repair::Wrap | crate::manuscript::Repair::Residue);
    assert!(manuscript.alterations.iter().all(|alteration| all_silent(alteration.what)));
}

#[test]
fn lines_that_begin_anew_are_blocks() {
    let text =
        "渡口边的调解室\n□江西省鄱阳县莲湖司法所\n湖水退了，纠纷也少了。两岸的人说，调解室的灯亮着，心里就踏实。\n";
    assert_eq!(seen(text).len(), 3);
    assert_eq!(seen("甲处一行。  \n乙处一行。\\\n丙处一行。"), ["甲处一行。", "乙处一行。", "丙处一行。"]);
    assert_eq!(seen("甲处<br>乙处"), ["甲处", "乙处"]);
}

#[test]
fn headings_items_and_quotes() {
    assert_eq!(blocks("## 一、总则 ##\n"), [(Mark::Heading(2), "一、总则".into(), 0)]);
    assert_eq!(blocks("标题\n===\n")[0].0, Mark::Heading(1));
    assert_eq!(blocks("这是一段正文。\n---\n")[0].0, Mark::None);
    assert_eq!(
        blocks("- 甲\n  - 乙\n- [x] 丙\n"),
        [(Mark::Item, "甲".into(), 0), (Mark::Item, "乙".into(), 0), (Mark::Item, "丙".into(), 0)]
    );
    assert_eq!(seen("> 引文\n>\n> - 项\n"), ["引文", "项"]);
}

#[test]
fn numbers_of_lists_are_text() {
    assert_eq!(seen("1. 甲\n2. 乙\n4. 丙\n"), ["1. 甲", "2. 乙", "4. 丙"]);
    assert_eq!(seen("1) 甲\n\n   续\n2) 乙\n"), ["1) 甲", "续", "2) 乙"]);
    assert_eq!(seen("3. 甲\n3. 乙\n3. 丙\n"), ["3. 甲", "4. 乙", "5. 丙"]);
    assert_eq!(seen("1.\n2. 乙\n"), ["1.", "2. 乙"]);
    assert_eq!(seen("1. - 甲\n"), ["1.", "甲"]);
}

#[test]
fn tables_have_cells() {
    assert_eq!(
        blocks("| 甲 | **乙** |\n|---|--:|\n| 1\\|2 | |\n\n| 丙 |\n|---|\n"),
        [
            (Mark::Cell(0, 0, 0), "甲".into(), 0),
            (Mark::Cell(0, 0, 1), "乙".into(), 1),
            (Mark::Cell(0, 1, 0), "1||2".into(), 0),
            (Mark::Cell(1, 0, 0), "丙".into(), 0)
        ]
    );
}

#[test]
fn notes_keep_their_marks() {
    let text = "正文[^1]和[^二]。\n\n[^1]: 口径见年鉴。\n\n    另见附录。\n";
    assert_eq!(blocks(text)[1], (Mark::Note, "[^1]:| 口径见年鉴。".into(), 0));
    assert_eq!(seen(text), ["正文[^1]和[^二]。", "[^1]: 口径见年鉴。", "另见附录。"]);
}

#[test]
fn what_is_not_text_is_not_read() {
    let text = "见[表2](#table-2 \"题\")和<https://example.org/甲>。<!-- 注 --><b>乙</b>\n\n<a id=\"x\"></a>\n\n[ref]: http://example.org\n";
    assert_eq!(seen(text), ["见表2和https://example.org/甲。乙"]);
    assert_eq!(
        blocks("```rust\nlet a = 1;\n\nlet b = 2;\n```\n"),
        [(Mark::Code, "let a = 1;".into(), 0), (Mark::Code, "let b = 2;".into(), 0)]
    );
    assert_eq!(seen("<span hidden>藏</span>见<del>删</del>10<sup>4</sup>人"), ["见10⁴人"]);
}

#[test]
fn code_in_a_line_is_silent() {
    let document = document("运行`cargo build,错`后。");
    assert_eq!(document.blocks[0].more.as_ref().map(|more| &more.opaque[..]), Some(&[1][..]));
    let manuscript = lay_out(vec![document]);
    assert_eq!(manuscript.text, "运行cargo build,错后。\n");
    assert!(manuscript.is_opaque(crate::text::Span::new(8, 10)) && !manuscript.is_opaque(crate::text::Span::new(0, 3)));
}

#[test]
fn prose_set_in_by_spaces_is_prose() {
    assert_eq!(blocks("    入冬以来，各村都在巡山。\n")[0].0, Mark::None);
    assert_eq!(blocks("    let a = 1;\n")[0].0, Mark::Code);
}

#[test]
fn front_matter_gives_the_title() {
    assert_eq!(
        blocks("---\ndate: 2025-01-01\ntitle: \"渡口的灯\"\n---\n\n正文。\n")[0],
        (Mark::Heading(1), "渡口的灯".into(), 0)
    );
    assert_eq!(seen("+++\ntitle = '渡口的灯'\n+++\n正文。\n"), ["渡口的灯", "正文。"]);
    assert_eq!(seen("---\n标题：渡口的灯\n---\n# 渡口的灯\n正文。\n"), ["渡口的灯", "正文。"]);
}

#[test]
fn images_have_captions() {
    assert_eq!(
        blocks("前文![图1 **渡口**](a.png)后文。\n"),
        [(Mark::None, "前文|后文。".into(), 0), (Mark::Caption, "图1 |渡口".into(), 0)]
    );
}

#[test]
fn html_inside_is_read_as_html() {
    let text = "> <table>\n> <tr><td>甲&amp;</td><td>乙\n> 丙</td></tr>\n> </table>\n\n<div hidden>藏</div>\n\n<p>段<b>落</b></p>\n";
    assert_eq!(
        blocks(text),
        [
            (Mark::Cell(0, 0, 0), "甲|&".into(), 0),
            (Mark::Cell(0, 0, 1), "乙|丙".into(), 0),
            (Mark::None, "段|落".into(), 0)
        ]
    );
}

#[test]
fn leaves_hold_for_what_they_stand_in_or_before() {
    let text = "甲段。\n\n<!-- kanwu-allow person: 本名 -->\n\n乙段\n两行。\n\n丙段<!-- kanwu-allow wording -->末。\n\n<!-- kanwu-allow: 表 -->\n\n| 子 | 丑 |\n|---|---|\n";
    let document = document(text);
    let told: Vec<(&str, &str, &str)> = document
        .source
        .leaves
        .iter()
        .map(|leave| (leave.rule.as_str(), leave.reason.as_str(), leave.scope.of(text)))
        .collect();
    assert_eq!(
        told,
        [
            ("person", "本名", "乙段\n两行。"),
            ("wording", "", "丙段<!-- kanwu-allow wording -->末。"),
            ("", "表", "子 | 丑")
        ]
    );
}

#[test]
fn markup_does_not_count() {
    assert_eq!(document("# 标**题**\n\n[甲](http://a.cn) `b c`\n").source.characters, 5);
}
