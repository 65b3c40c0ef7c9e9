use super::*;
use crate::read::Mark;
use crate::text::Form;

fn document(html: &str) -> Document {
    read(Source::new("稿.html", Form::Html, html.to_string()))
}

fn text(html: &str) -> String {
    document(html).source.text
}

fn blocks(html: &str) -> Vec<(Mark, String)> {
    let document = document(html);
    let seen =
        |block: &crate::read::RawBlock| block.pieces.iter().map(|piece| piece.of(&document.source.text)).collect();
    document.blocks.iter().map(|block| (block.mark, seen(block))).collect()
}

#[test]
fn only_what_is_seen() {
    assert_eq!(
        text(
            "<!DOCTYPE html><html><head><title>题</title><style>p{}</style></head><body><h1>标题</h1><p>见<span hidden>藏</span><span style='display: none'>藏</span><!-- 注 --><script>藏</script>到</p><nav>首页</nav><p>第<s>一</s>二段<noscript>藏</noscript></p><template><p>藏</p></template></body></html>"
        ),
        "标题\n见到\n第二段\n"
    );
    assert_eq!(text("<style>.h{display:none}</style><p>甲<i class='x h'>藏</i>乙</p>"), "甲乙\n");
    assert_eq!(text("<title>题&amp;目</title><p>正文"), "题&目\n正文\n");
}

#[test]
fn white_space_collapses() {
    assert_eq!(text("<p>\n  人民\n  法院  在\n <b> Rust\nbook</b>\n</p>"), "人民法院 在Rust book\n");
    assert_eq!(text("<p>甲&nbsp;乙&#32; &emsp;丙</p>"), "甲\u{A0}乙 \u{2003}丙\n");
    assert_eq!(text("<p>&nbsp;&emsp;甲&nbsp;</p>"), "甲\n");
    assert_eq!(text("<p>2019\n2020</p>"), "2019 2020\n");
    assert_eq!(text("<p>甲\r\n乙\n丙\r丁\r\n</p>\r\n<pre>a\r\nb\n</pre>"), "甲乙丙丁\na\nb\n");
}

#[test]
fn unclosed_elements_end_as_browsers_end_them() {
    assert_eq!(text("<p>甲<p>乙<ul><li>丙<li>丁<ul><li>戊</ul></ul>己"), "甲\n乙\n丙\n丁\n戊\n己\n");
    assert_eq!(blocks("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>")[3].0, Mark::Cell(0, 1, 1));
    assert_eq!(text("<p hidden>藏<p>见<b>甲</p><p>乙</b>丙"), "见甲\n乙丙\n");
    assert_eq!(text("<b><p>甲</p>乙</b>丙"), "甲\n乙丙\n");
    assert_eq!(text("甲<p>乙"), "甲\n乙\n");
    assert_eq!(text("<div>甲</span></p>乙"), "甲\n乙\n");
}

#[test]
fn rows_are_lines_and_cells_are_joined_by_tabs() {
    let html = "<table><caption>表1</caption><tr><th>项目<th>数<th></tr><tr><td><p>午餐</p><p>晚餐</p></td><td></td><td>12<br>元</td></tr></table>";
    assert_eq!(text(html), "表1\n项目\t数\n午餐 晚餐\t\t12 元\n");
    assert_eq!(blocks(html)[0].0, Mark::Caption);
    assert_eq!(blocks(html)[4], (Mark::Cell(0, 1, 2), "12 元".into()));
    assert_eq!(
        blocks("<table><tr><td><h2>题</h2><p>文</p></td></tr></table>"),
        [(Mark::Heading(2), "题".into()), (Mark::None, "文".into())]
    );
}

#[test]
fn blocks_say_what_they_are() {
    assert_eq!(
        blocks(
            "<h2>题</h2><ol start=3><li>甲<li><p>乙</p><p>续</p></ol><figure><figcaption>图为渡口</figcaption></figure><pre>let a;\n\nlet b;</pre><blockquote>引</blockquote>"
        ),
        [
            (Mark::Heading(2), "题".into()),
            (Mark::Item, "3. 甲".into()),
            (Mark::Item, "4. 乙".into()),
            (Mark::None, "续".into()),
            (Mark::Caption, "图为渡口".into()),
            (Mark::Code, "let a;".into()),
            (Mark::Code, "let b;".into()),
            (Mark::None, "引".into()),
        ]
    );
    assert_eq!(text("<p>甲行<br/>乙行<br>"), "甲行\n乙行\n");
    assert_eq!(text("<h1>上半<br>下半</h1>"), "上半下半\n");
}

#[test]
fn ruby_and_raised_figures() {
    assert_eq!(text("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字"), "漢字\n");
    assert_eq!(text("<ruby>漢<rt>hàn</ruby>字"), "漢字\n");
    assert_eq!(text("10<sup>4</sup>公里，CO<sub>2</sub>，注<sup>[1]</sup>"), "10⁴公里，CO₂，注[1]\n");
}

/// Every character of the text has one anchor or none, and an anchor of equal length holds the same text.
pub(super) fn anchors_hold(html: &str, document: &Document) {
    let text = &document.source.text;
    let mut at = 0;
    for anchor in &document.source.anchors {
        assert!(at <= anchor.text.start && anchor.text.start < anchor.text.end, "in order");
        at = anchor.text.end;
        let (seen, markup) = (
            &text[anchor.text.start as usize..anchor.text.end as usize],
            &html[anchor.xml.start as usize..anchor.xml.end as usize],
        );
        assert!(seen == markup || seen.chars().count() <= 2 || markup.starts_with('&'), "{seen:?} / {markup:?}");
        assert!(
            anchor.run.start <= anchor.xml.start && anchor.xml.end <= anchor.run.end || markup.contains('<'),
            "{markup:?}"
        );
    }
    assert!(at as usize <= text.len());
}

#[test]
fn anchors_lead_back() {
    let html = "<p>人民<b>法院</b>&ldquo;甲&rdquo;\n乙 </p><ol><li>丙</li></ol>";
    let document = document(html);
    anchors_hold(html, &document);
    assert_eq!(document.source.text, "人民法院“甲”乙\n1. 丙\n");
    let pairs: Vec<(&str, &str)> = document
        .source
        .anchors
        .iter()
        .map(|anchor| {
            (
                &document.source.text[anchor.text.start as usize..anchor.text.end as usize],
                &html[anchor.xml.start as usize..anchor.xml.end as usize],
            )
        })
        .collect();
    assert_eq!(
        pairs,
        [
            ("人民", "人民"),
            ("法院", "法院"),
            ("“", "&ldquo;"),
            ("甲", "甲"),
            ("”", "&rdquo;"),
            ("乙", "乙"),
            ("丙", "丙")
        ]
    );
    assert_eq!(
        &html[document.source.anchors[3].run.start as usize..document.source.anchors[3].run.end as usize],
        "&ldquo;甲&rdquo;\n乙 "
    );
}

#[test]
fn leaves_hold_in_the_extracted_text() {
    let html = "<p>甲</p><!-- kanwu-allow person: 本名 --><p>乙<br>丙</p><p>丁<!--kanwu-allow: 引文-->戊</p>";
    let document = document(html);
    let told: Vec<(&str, &str)> = document
        .source
        .leaves
        .iter()
        .map(|leave| (leave.rule.as_str(), leave.scope.of(&document.source.text)))
        .collect();
    assert_eq!(told, [("person", "乙\n丙"), ("", "丁戊")]);
}

#[test]
fn code_in_a_line_is_silent() {
    let document = document("<p>运行<code>a,b</code>后");
    assert_eq!(document.blocks[0].more.as_ref().map(|more| &more.opaque[..]), Some(&[1][..]));
}
