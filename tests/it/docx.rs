//! Manuscripts of Word: what is on the page is read, each character with its place, and nothing else.

use std::{env, fs};

use kanwu::read::{Document, Mark, Options, Revisions, read};
use kanwu::text::Form;

use crate::package::{NAMESPACES, Package, p, r, styled};
use crate::support::fixture;

fn blocks(document: &Document) -> Vec<(Mark, String, u32)> {
    let text =
        |block: &kanwu::read::RawBlock| block.pieces.iter().map(|piece| piece.of(&document.source.text)).collect();
    document.blocks.iter().map(|block| (block.mark, text(block), block.gap)).collect()
}

fn marks(document: &Document) -> Vec<Mark> {
    document.blocks.iter().map(|block| block.mark).collect()
}

fn lines(body: &str) -> Vec<String> {
    Package::body(body).text().lines().map(str::to_string).collect()
}

/// A run with these elements in it.
fn run(xml: &str) -> String {
    format!("<w:r>{xml}</w:r>")
}

#[test]
fn runs_are_one_text() {
    let body = format!(
        "<w:p>{}{}<w:bookmarkStart w:id=\"1\"/>{}<w:proofErr/>{}</w:p>",
        r("人"),
        r("民法"),
        r("院&amp;"),
        r("&#x4E2D;&lt;")
    );
    let document = Package::body(&body).read().expect("a sound package");
    assert_eq!(document.source.text, "人民法院&中<");
    assert_eq!(document.source.form, Form::Docx);
    assert_eq!(document.source.parts, ["word/document.xml"]);
    assert_eq!(document.source.characters, 7);
    assert_eq!(document.source.anchors.len(), 6);
}

#[test]
fn white_space_is_as_word_keeps_it() {
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!("<w:p>{}{}{}</w:p>", text("\n  检 察\n"), r(" 院 "), text("长&#32;"));
    assert_eq!(Package::body(&body).text(), "检 察 院 长");
    assert_eq!(Package::body(&p("一\n二\t三")).text(), "一 二 三");
    assert_eq!(Package::body("<w:p>\n <w:r>\n <w:t>一</w:t>\n </w:r>\n</w:p>\n").text(), "一");
}

#[test]
fn elements_that_stand_for_characters() {
    let signs = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t>";
    let body = format!(
        "<w:p>{}</w:p>",
        run(&format!(r#"{signs}<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="某" w:char="F001"/>"#))
    );
    assert_eq!(Package::body(&body).text(), "甲\t乙-丙☑\u{FFFC}");
    let tabs = format!("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"1\"/></w:tabs></w:pPr>{}</w:p>", r("甲"));
    assert_eq!(Package::body(&tabs).text(), "甲");
}

/// The author broke the line and not the paragraph: one line of text, two blocks without a gap; a heading stays one.
#[test]
fn a_break_parts_body_text() {
    let broken = run("<w:t>附件：甲</w:t><w:br/><w:t>附件：乙</w:t>");
    let body =
        format!("{}<w:p>{broken}</w:p><w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>{broken}</w:p>", p("上文。"));
    let document = Package::body(&body).read().expect("a sound package");
    assert_eq!(document.source.text, "上文。\n附件：甲 附件：乙\n附件：甲 附件：乙");
    let expected = [
        (Mark::None, "上文。", 0),
        (Mark::None, "附件：甲", 1),
        (Mark::None, "附件：乙", 0),
        (Mark::Heading(2), "附件：甲 附件：乙", 1),
    ];
    assert_eq!(blocks(&document), expected.map(|(mark, text, gap)| (mark, text.to_string(), gap)));
}

#[test]
fn an_empty_paragraph_is_an_empty_line() {
    let document =
        Package::body(&format!("{}<w:p/><w:p><w:pPr/></w:p>{}", p("甲"), p("　　乙　"))).read().expect("sound");
    assert_eq!(document.source.text, "甲\n\n\n　　乙　");
    assert_eq!(blocks(&document)[1], (Mark::None, "乙".to_string(), 3));
}

#[test]
fn tables_keep_their_columns() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let grid = "<w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>";
    let table = format!(
        "<w:tbl>{grid}{}{}{}</w:tbl>",
        row(&[cell("<w:vMerge w:val=\"restart\"/>", &p("部门")), cell("<w:gridSpan w:val=\"2\"/>", &p("件数"))]),
        row(&[cell("<w:vMerge/>", "<w:p/>"), cell("", &p("收")), cell("", &format!("{}{}", p("结"), p("（件）")))]),
        row(&[
            cell("", &format!("<w:tbl>{grid}{}</w:tbl><w:p/>", row(&[cell("", &p("内")), cell("", &p("层"))]))),
            cell("", &p("二")),
            cell("", "<w:p/>")
        ]),
    );
    let document = Package::body(&format!("{}{table}{}", p("前"), p("后"))).read().expect("sound");
    assert_eq!(document.source.text, "前\n部门\t件数\n\t收\t结 （件）\n\t二\t\n内\t层\n后");
    let cells: Vec<(Mark, String)> = blocks(&document).into_iter().map(|(mark, text, _)| (mark, text)).collect();
    let expected = [
        (Mark::None, "前"),
        (Mark::Cell(0, 0, 0), "部门"),
        (Mark::Cell(0, 0, 1), "件数"),
        (Mark::Cell(0, 1, 1), "收"),
        (Mark::Cell(0, 1, 2), "结 （件）"),
        (Mark::Cell(0, 2, 1), "二"),
        (Mark::Cell(1, 0, 0), "内"),
        (Mark::Cell(1, 0, 1), "层"),
        (Mark::None, "后"),
    ];
    assert_eq!(cells, expected.map(|(mark, text)| (mark, text.to_string())));
}

#[test]
fn a_table_of_one_column_is_a_frame() {
    let table =
        format!("<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("甲"), p("乙"));
    let document = Package::body(&table).read().expect("sound");
    assert_eq!((document.source.text.as_str(), marks(&document)), ("甲\n乙", vec![Mark::None, Mark::None]));
}

#[test]
fn what_only_holds_text_is_looked_through() {
    let inner = r("文");
    for name in ["hyperlink", "smartTag", "customXml", "fldSimple", "ins", "moveTo", "dir"] {
        assert_eq!(
            Package::body(&format!("<w:p>{}<w:{name}>{inner}</w:{name}></w:p>", r("正"))).text(),
            "正文",
            "{name}"
        );
    }
    let control = |inner: &str| {
        format!("<w:sdt><w:sdtPr><w:alias w:val=\"名\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr>{}</w:tbl>",
        control(&cell("甲")),
        cell("乙"),
        control(&format!("<w:tr>{}{}</w:tr>", cell("丙"), cell("丁")))
    );
    let body = format!("{}<w:p>{}</w:p>{}", control(&p("块")), control(&inner), control(&table));
    assert_eq!(lines(&body), ["块", "文", "甲\t乙", "丙\t丁"]);
}

#[test]
fn fields_show_their_results() {
    let c = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let ask = run("<w:instrText>PAGE</w:instrText>");
    let whole = |result: &str| format!("{}{ask}{}{result}{}", c("begin"), c("separate"), c("end"));
    let one = |inner: &str| Package::body(&format!("<w:p>{}{inner}{}</w:p>", r("第"), r("页"))).text();
    assert_eq!(one(&whole(&r("3"))), "第3页");
    assert_eq!(one(&whole(&format!("{}{}", r("3"), whole(&r("4"))))), "第34页");
    let asked_by_field = format!("{}{}{}{}{}{}", c("begin"), r("IF"), whole(&r("5")), c("separate"), r("6"), c("end"));
    assert_eq!(one(&asked_by_field), "第6页");
    let silent = format!("{}{}{}", c("begin"), r("TC"), c("end"));
    assert_eq!(one(&silent), "第页");
    let endless = format!("{}{ask}", c("begin"));
    assert_eq!(lines(&format!("<w:p>{}{endless}{}</w:p>{}", r("甲"), r("乙"), p("丙"))), ["甲乙", "丙"]);
    let across =
        format!("<w:p>{}{ask}{}{}</w:p><w:p>{}{}</w:p>", c("begin"), c("separate"), r("上"), r("下"), c("end"));
    assert_eq!(lines(&across), ["上", "下"]);
}

#[test]
fn hidden_text_ruby_and_equations() {
    let hidden = |on: &str| run(&format!("<w:rPr><w:vanish{on}/></w:rPr><w:t>隐</w:t>"));
    let body = format!("<w:p>{}{}{}{}</w:p>", r("一"), hidden(""), hidden(" w:val=\"0\""), r("二"));
    assert_eq!(Package::body(&body).text(), "一隐二");
    let ruby = format!("<w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>", r("fàn"), r("饭"));
    assert_eq!(Package::body(&format!("<w:p>{}{}</w:p>", r("早"), run(&ruby))).text(), "早饭");
    let math = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>";
    assert_eq!(Package::body(&format!("<w:p>{}{math}{}</w:p>", r("设"), r("为"))).text(), "设\u{FFFC}为");
    let display = Package::body(&format!("<w:p><m:oMathPara>{math}</m:oMathPara></w:p>")).read().expect("sound");
    assert_eq!((display.source.text.as_str(), display.blocks.len()), ("\u{FFFC}", 0));
    assert_eq!(
        Package::body(&format!("<w:p>{}</w:p>", run("<w:object><w:t>无</w:t></w:object><w:t>比</w:t>"))).text(),
        "\u{FFFC}比"
    );
    let styles = r#"<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="hh"><w:basedOn w:val="h"/></w:style>"#;
    let body = format!("<w:p>{}{}</w:p>", r("明"), run("<w:rPr><w:rStyle w:val=\"hh\"/></w:rPr><w:t>暗</w:t>"));
    assert_eq!(Package::body(&body).with("styles", "styles", styles).text(), "明");
}

/// The same box stands in the file twice, for newer and for older programs.
#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let content = format!("<w:txbxContent>{}{}</w:txbxContent>", p("框一"), p("框二"));
    let alternate = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    );
    let body = format!("<w:p>{}{}{}</w:p>{}", r("上"), run(&alternate), r("下"), p("后"));
    assert_eq!(lines(&body), ["上下", "框一", "框二", "后"]);
    let only_old = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"cx\"><w:drawing/></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent>"
    );
    assert_eq!(lines(&format!("<w:p>{}</w:p>", run(&only_old))), ["", "框一", "框二"]);
}

#[test]
fn notes_that_are_referred_to() {
    let note = |id: &str, kind: &str, text: &str| format!("<w:footnote w:id=\"{id}\"{kind}>{}</w:footnote>", p(text));
    let notes = [
        note("0", " w:type=\"separator\"", "线"),
        note("1", "", "注一"),
        note("2", "", "无人指向"),
        note("3", "", "注三"),
    ]
    .concat();
    let refer = |id: &str| run(&format!("<w:footnoteReference w:id=\"{id}\"/>"));
    let body = format!(
        "<w:p>{}{}{}<w:del>{}</w:del></w:p>{}",
        r("正"),
        refer("1"),
        r("文"),
        refer("2"),
        format_args!("<w:p>{}{}</w:p>", r("完"), refer("3"))
    );
    let document = Package::body(&body).with("footnotes", "footnotes", &notes).read().expect("sound");
    assert_eq!(document.source.text, "正文\n完\n注一\n注三");
    assert_eq!(marks(&document)[2..], [Mark::Note, Mark::Note]);
    assert_eq!(document.source.parts.len(), 2);
    let broken = Package::body(&body).with("footnotes", "footnotes", "<w:footnote>").read();
    assert!(broken.expect_err("notes cannot be read").what.contains("footnotes"), "never pass what was not read");
}

#[test]
fn headers_and_footers_once() {
    let body = format!(
        "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr></w:pPr>{}</w:p>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:footerReference r:id=\"rId2\"/></w:sectPr>",
        r("甲"),
        p("乙")
    );
    let package = Package::body(&body).with("header", "hdr", &p("眉")).with("footer", "ftr", &p("- 1 -")).with(
        "header",
        "hdr",
        &p("没有指向"),
    );
    let document = package.read().expect("sound");
    assert_eq!(document.source.text, "甲\n乙\n眉\n- 1 -");
    assert_eq!(marks(&document), [Mark::None, Mark::None, Mark::Note]);
}

#[test]
fn tracked_changes_are_made_or_not_made() {
    let del = |text: &str| format!("<w:del w:id=\"1\"><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let ins = |text: &str| format!("<w:ins w:id=\"2\">{}</w:ins>", r(text));
    let moved = |name: &str| format!("<w:{name}>{}</w:{name}>", r("移"));
    let change = "<w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr>";
    let body = format!(
        "<w:p>{change}{}{}{}{}</w:p><w:p>{}{}</w:p>",
        r("决定"),
        del("布署"),
        ins("部署"),
        moved("moveFrom"),
        moved("moveTo"),
        r("完")
    );
    let package = Package::body(&body);
    let accepted = package.read().expect("sound");
    assert_eq!(accepted.source.text, "决定部署\n移完");
    assert_eq!(marks(&accepted), [Mark::None, Mark::None]);
    assert_eq!(package.read_as(Revisions::Reject).expect("sound").source.text, "决定布署移\n完");
}

#[test]
fn a_deleted_paragraph_mark_joins() {
    let marked =
        |mark: &str, text: &str| format!("<w:p><w:pPr><w:rPr><w:{mark} w:id=\"1\"/></w:rPr></w:pPr>{text}</w:p>");
    let gone = "<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>";
    let body = format!("{}{}{}{}", marked("del", &r("检")), p("察院"), marked("del", gone), p("后"));
    let package = Package::body(&body);
    assert_eq!(package.text(), "检察院\n后");
    assert_eq!(package.read_as(Revisions::Reject).expect("sound").source.text, "检\n察院\n全删\n后");
    let body = format!("{}{}", marked("ins", &r("检")), p("察院"));
    assert_eq!(Package::body(&body).text(), "检\n察院");
    assert_eq!(Package::body(&body).read_as(Revisions::Reject).expect("sound").source.text, "检察院");
    let last = format!(
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        marked("del", &r("格")),
        p("二")
    );
    assert_eq!(lines(&format!("{}{last}{}", marked("del", &r("前")), marked("del", &r("末")))), ["前", "格\t二", "末"]);
}

#[test]
fn rows_come_and_go() {
    let row = |change: &str, text: &str| {
        format!("<w:tr><w:trPr>{change}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(text), p("数"))
    };
    let body = format!("<w:tbl>{}{}{}</w:tbl>", row("", "甲"), row("<w:del/>", "乙"), row("<w:ins/>", "丙"));
    let package = Package::body(&body);
    let document = package.read().expect("sound");
    assert_eq!(document.source.text, "甲\t数\n丙\t数");
    assert_eq!(document.blocks[2].mark, Mark::Cell(0, 1, 0));
    assert_eq!(package.read_as(Revisions::Reject).expect("sound").source.text, "甲\t数\n乙\t数");
}

const STYLES: &str = r#"
    <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>
    <w:style w:type="paragraph" w:styleId="x"><w:name w:val="我的小标题"/><w:basedOn w:val="2"/></w:style>
    <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="c"><w:name w:val="题注"/></w:style>
    <w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop"/></w:style>"#;

#[test]
fn styles_say_what_a_paragraph_is() {
    let body = [
        styled("t", "题"),
        styled("x", "小题"),
        styled("c", "图1 渡口"),
        styled("toc1", "目"),
        styled("loop", "文"),
        styled("none", "文"),
    ]
    .concat();
    let outline = format!("<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}</w:p>", r("级"));
    let plain = format!("<w:p><w:pPr><w:pStyle w:val=\"x\"/><w:outlineLvl w:val=\"9\"/></w:pPr>{}</w:p>", r("文"));
    let document =
        Package::body(&format!("{body}{outline}{plain}")).with("styles", "styles", STYLES).read().expect("sound");
    let expected = [
        Mark::Heading(1),
        Mark::Heading(3),
        Mark::Caption,
        Mark::Code,
        Mark::None,
        Mark::None,
        Mark::Heading(4),
        Mark::None,
    ];
    assert_eq!(marks(&document), expected);
}

/// Below a title of its own, or numbered, the first level of headings are sections and no titles of pieces.
#[test]
fn headings_of_the_first_level() {
    let mark = |body: &str| marks(&Package::body(body).with("styles", "styles", STYLES).read().expect("sound"))[0];
    let one = styled("1", "总论");
    assert_eq!(mark(&format!("{one}{}", p("文。"))), Mark::Heading(1));
    assert_eq!(mark(&format!("{one}{one}")), Mark::Heading(1));
    assert_eq!(mark(&format!("{}{}", styled("1", "一、总论"), styled("1", "二、分论"))), Mark::Heading(2));
}

fn numbering(levels: &[(&str, &str)], more: &str) -> String {
    let level = |(index, (format, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels: String = levels.iter().enumerate().map(level).collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num>{more}"
    )
}

fn listed(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
        r(text)
    )
}

#[test]
fn numbers_are_counted_as_on_the_page() {
    let levels = [
        ("chineseCounting", "%1、"),
        ("japaneseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimalEnclosedCircle", "%4"),
        ("lowerLetter", "%5)"),
    ];
    let body = [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (3, "戊"), (0, "己"), (1, "庚"), (4, "辛")]
        .map(|(level, text)| listed(7, level, text))
        .concat();
    let document = Package::body(&body).with("numbering", "numbering", &numbering(&levels, "")).read().expect("sound");
    assert_eq!(document.source.text, "一、甲\n（一）乙\n（二）丙\n1. 丁\n①戊\n二、己\n（一）庚\na) 辛");
    assert_eq!(document.blocks[7].mark, Mark::Item);
    assert_eq!(document.blocks[0].mark, Mark::None);
    let label = &document.source.anchors[0];
    assert_eq!((label.text.clone(), label.xml.len(), label.run.len()), (0..6, 0, 0));
    let part = kanwu::read::docx::part(document.source.file(), "word/document.xml").expect("the part");
    assert!(part[..label.xml.start as usize].ends_with("</w:pPr>"));
}

#[test]
fn lists_start_again_where_they_say_so() {
    let levels = [("decimal", "%1."), ("decimal", "%1.%2")];
    let again = r#"<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num><w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride></w:num>"#;
    let body = [(7, 0), (7, 1), (7, 1), (7, 0), (8, 0), (8, 0), (7, 0), (9, 0), (0, 0)]
        .map(|(list, level)| listed(list, level, "文"))
        .concat();
    let text = Package::body(&body).with("numbering", "numbering", &numbering(&levels, again)).text();
    assert_eq!(text, "1. 文\n1.1 文\n1.2 文\n2. 文\n5. 文\n6. 文\n7. 文\nVIII、文\n文");
    let never = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2）\"/><w:lvlRestart w:val=\"0\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let body = [(7, 0), (7, 1), (7, 0), (7, 1)].map(|(list, level)| listed(list, level, "文")).concat();
    assert_eq!(Package::body(&body).with("numbering", "numbering", never).text(), "1、文\n1）文\n2、文\n2）文");
}

#[test]
fn styles_number_their_paragraphs() {
    let levels = [("chineseCountingThousand", "第%1章")];
    let package =
        Package::body(&format!("{}{}", styled("1", "总则"), styled("1", "附则"))).with("styles", "styles", STYLES);
    let document = package.with("numbering", "numbering", &numbering(&levels, "")).read().expect("sound");
    assert_eq!(document.source.text, "第一章 总则\n第二章 附则");
    assert_eq!(marks(&document), [Mark::Heading(2), Mark::Heading(2)]);
}

/// A bullet stands in the text and is no reading text; a deleted member is not counted.
#[test]
fn bullets_and_deleted_members() {
    let bullets = numbering(&[("bullet", "\u{F06C}")], "")
        .replace("</w:lvl>", "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr></w:lvl>");
    let document = Package::body(&listed(7, 0, "甲")).with("numbering", "numbering", &bullets).read().expect("sound");
    assert_eq!(document.source.text, "● 甲");
    assert_eq!(blocks(&document), [(Mark::Item, "甲".to_string(), 0)]);
    assert_eq!(document.blocks[0].residue().len(), 1);
    let gone = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>";
    let body = format!("{}{gone}{}", listed(7, 0, "甲"), listed(7, 0, "乙"));
    assert_eq!(
        Package::body(&body).with("numbering", "numbering", &numbering(&[("decimal", "%1、")], "")).text(),
        "1、甲\n2、乙"
    );
}

/// A comment is silent; the answer 不改 to one of kanwu is a leave for the commented text.
#[test]
fn an_answered_comment_is_a_leave() {
    let comment = |id: u32, author: &str, para: &str, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{author}\"><w:p w14:paraId=\"{para}\">{}</w:p></w:comment>",
            r(text)
        )
    };
    let comments = [
        comment(0, "kanwu", "A0", "[organization/role-outside-institution] 人民法院没有检察长"),
        comment(1, "张校对", "A1", "不改，原文如此"),
        comment(2, "张校对", "A2", "不改"),
        comment(3, "勘误", "A3", "没有编号"),
        comment(4, "李编辑", "A4", "改了"),
        comment(5, "勘误", "A5", "查一查&#10;"),
    ]
    .concat();
    let comments = comments.replace(
        "查一查&#10;</w:t></w:r></w:p>",
        "查一查</w:t></w:r></w:p><w:p><w:r><w:t>不改：地方叫法</w:t></w:r></w:p>",
    );
    let threads = format!(
        "<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId=\"A0\"/><w15:commentEx w15:paraId=\"A1\" w15:paraIdParent=\"A0\"/><w15:commentEx w15:paraId=\"A4\" w15:paraIdParent=\"A3\"/></w15:commentsEx>"
    );
    let ranged = |id: u32, text: &str| {
        format!(
            "<w:commentRangeStart w:id=\"{id}\"/>{}<w:commentRangeEnd w:id=\"{id}\"/>{}",
            r(text),
            run(&format!("<w:commentReference w:id=\"{id}\"/>"))
        )
    };
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{}{}</w:p>",
        r("某县"),
        ranged(0, "人民法院"),
        ranged(2, "党组"),
        ranged(3, "书记"),
        r("渡口"),
        run("<w:commentReference w:id=\"5\"/>")
    );
    let package = Package::body(&body).with("comments", "comments", &comments).related("commentsExtended", &threads);
    let document = package.read().expect("sound");
    assert_eq!(document.source.text, "某县人民法院党组书记\n渡口");
    let leaves: Vec<(&str, &str, &str)> = document
        .source
        .leaves
        .iter()
        .map(|leave| (leave.rule.as_str(), leave.reason.as_str(), leave.scope.of(&document.source.text)))
        .collect();
    assert_eq!(
        leaves,
        [("organization/role-outside-institution", "不改，原文如此", "人民法院"), ("", "不改：地方叫法", "渡口")]
    );
}

#[test]
fn prefixes_mean_nothing_and_strict_is_the_same() {
    let strict = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>严格</x:t></x:r></x:p><w:p xmlns:w="urn:other"><w:t>别的</w:t></w:p></x:body></x:document>"#;
    assert_eq!(Package::document(strict.into()).text(), "严格");
    let bare = r#"<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>无前缀</t></r></p></body></document>"#;
    assert_eq!(Package::document(bare.into()).text(), "无前缀");
    let marked = format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>{bare}");
    assert_eq!(Package::document(marked.into()).text(), "无前缀");
    let wide: Vec<u8> = format!("\u{FEFF}{bare}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(Package::document(wide).text(), "无前缀");
    let cdata = bare.replace("无前缀", "<![CDATA[甲<乙]]>丙");
    assert_eq!(Package::document(cdata.into()).text(), "甲<乙丙");
}

/// A paragraph in runs of three characters, every other one bold.
fn cut(style: &str, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let runs = characters.chunks(3).enumerate().map(|(index, part)| {
        let part: String = part.iter().collect();
        let bold = if index % 2 == 0 { "" } else { "<w:rPr><w:b/></w:rPr>" };
        r(&part).replace("<w:r>", &format!("<w:r>{bold}"))
    });
    let runs: String = runs.collect();
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// The manuscript of `fixtures/formats` as Word would have it: styles, a counted caption, a table, a footnote, and a
/// deletion, a comment and hidden text that nobody must read.
fn manuscript() -> Package {
    let text = fs::read_to_string(fixture("formats/manuscript.txt")).expect("the manuscript");
    let mut body = String::new();
    let mut rows = String::new();
    let mut note = String::new();
    for (number, line) in text.lines().filter(|line| !line.is_empty()).enumerate() {
        if line.contains('\t') {
            let cells: String = line.split('\t').map(|cell| format!("<w:tc>{}</w:tc>", cut("a", cell))).collect();
            rows += &format!("<w:tr>{cells}</w:tr>");
            continue;
        }
        if !rows.is_empty() {
            let grid = "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>";
            body += &format!("<w:tbl>{grid}{}</w:tbl>", std::mem::take(&mut rows));
        }
        match line {
            _ if number == 0 => body += &cut("1", line),
            "把账记在船上" => body += &cut("2", line),
            _ if line.starts_with("注：") => note = cut("a", line),
            _ if line.starts_with("表1") => {
                let field = "<w:fldSimple w:instr=\" SEQ 表 \\* ARABIC \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
                let rest = cut("c", &line["表1".len()..]);
                body += &rest.replacen("</w:pPr>", &format!("</w:pPr>{}{field}", r("表")), 1);
            }
            _ => body += &cut("a", line),
        }
    }
    let silent = concat!(
        "<w:del w:id=\"1\" w:author=\"编辑\"><w:r><w:delText>谢谢谢谢,截止目前</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>按装</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r>",
        "<w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>"
    );
    let end = body.rfind("</w:p>").expect("a paragraph");
    body.replace_range(end.., silent);
    let style = |id: &str, name: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>")
    };
    let comment = format!("<w:comment w:id=\"0\" w:author=\"编辑\">{}</w:comment>", p("截止到,签定？"));
    Package::body(&body)
        .with(
            "styles",
            "styles",
            &[style("a", "Normal"), style("1", "heading 1"), style("2", "标题 2"), style("c", "题注")].concat(),
        )
        .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"1\">{note}</w:footnote>"))
        .with("comments", "comments", &comment)
}

/// `KANWU_BLESS=1` writes the package that stands beside the other forms.
#[test]
fn the_manuscript_in_the_form_of_word() {
    let path = fixture("formats/manuscript.docx");
    let package = manuscript();
    if env::var_os("KANWU_BLESS").is_some() {
        fs::write(&path, package.zip()).expect("the fixture can be written");
    }
    let kept = read(&path, fs::read(&path).expect("the fixture"), Options::default()).expect("is read");
    assert_eq!(kept.source.text, package.text());
}
