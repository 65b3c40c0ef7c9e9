//! Reports on findings made by hand, so that no rule can change them.

use kanwu::finding::{Class, Edit, Finding, Fix, Level, Note, Piece, Place, Safety};
use kanwu::report::width::width;
use kanwu::report::{self, About, FileReport, Format, Report, Style};
use kanwu::text::encoding::Encoding;
use kanwu::text::{Form, Source, SourceSpan, han};
use proptest::prelude::*;

use crate::schema;
use crate::support::{check_golden, marked};

/// A finding at the first `⟦…⟧` of a text, with a note at each later one; the last note's words repeat.
fn finding(message: &str, text: &str, notes: &[&str]) -> Finding {
    let (plain, marks) = marked(text);
    let source = Source::from_text("稿.txt", plain);
    let place = |mark: &(usize, usize)| Place { pieces: vec![piece(&source, *mark)] };
    let note = |(number, mark)| {
        let said = notes.get(number).or(notes.last()).copied().unwrap_or_default();
        Note { at: place(mark), message: said.to_string() }
    };
    Finding {
        rule: "sample/rule".into(),
        level: Level::Error,
        class: Class::Fact,
        headline: false,
        message: message.to_string(),
        at: place(&marks[0]),
        notes: marks[1..].iter().enumerate().map(note).collect(),
        help: None,
        fix: None,
        folded: Vec::new(),
    }
}

fn piece(source: &Source, (start, end): (usize, usize)) -> Piece {
    Piece::new(source, SourceSpan::new(0, start, end))
}

/// A fix that replaces the whole first piece.
fn fixed(mut finding: Finding, text: &str, safety: Safety) -> Finding {
    let edits = vec![Edit { span: finding.at.first().span, text: text.to_string() }];
    finding.fix = Some(Fix { title: format!("改为“{text}”"), edits, safety });
    finding
}

/// The places of the notes become further places of the finding itself.
fn folded(mut finding: Finding) -> Finding {
    finding.folded = finding.notes.drain(..).map(|note| note.at).collect();
    finding
}

/// The notes become further pieces of the place.
fn split(mut finding: Finding) -> Finding {
    let pieces = finding.notes.drain(..).flat_map(|note| note.at.pieces);
    finding.at.pieces.extend(pieces);
    finding
}

fn report(findings: Vec<Finding>) -> Report {
    let about = About {
        why: "检察长只设于人民检察院。".into(), source: "人民检察院组织法 第三十五条".into()
    };
    Report {
        files: vec![FileReport {
            path: "稿.txt".into(),
            form: Form::Text,
            encoding: Some(Encoding::Utf8),
            characters: 1200,
            error: None,
            findings,
            leaves: Vec::new(),
        }],
        rules: [("sample/sourced".into(), about)].into(),
        exit: Some(1),
        ..Report::default()
    }
}

fn written(report: &Report, format: Format, colour: bool) -> String {
    let mut bytes = Vec::new();
    report::write(report, format, &Style { colour, links: None }, &mut bytes).expect("a vector can be written to");
    String::from_utf8(bytes).expect("reports are UTF-8")
}

fn check(name: &str, report: &Report) {
    for format in Format::ALL {
        let text = written(report, format, false);
        check_calm(&text);
        schema::check(format, &text);
        check_golden(format!("report/{name}.{}", format.name()), &text);
    }
    let coloured = written(report, Format::Pretty, true);
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    let lines: Vec<&str> = stripped.lines().map(str::trim_end).collect();
    assert_eq!(lines, written(report, Format::Pretty, false).lines().collect::<Vec<_>>());
}

fn check_calm(text: &str) {
    assert!(!text.contains('\u{1B}'), "an escape without colour:\n{text}");
}

/// Lines are narrow enough, box-drawing counted as one column.
fn check_narrow(text: &str) {
    for line in text.lines() {
        let drawn = line.chars().filter(|c| ('\u{2500}'..='\u{257F}').contains(c)).count();
        assert!(width(line) - drawn <= 100, "{} columns:\n{line}\nin\n{text}", width(line) - drawn);
    }
}

fn check_pretty(name: &str, findings: Vec<Finding>) {
    let report = report(findings);
    check_narrow(&written(&report, Format::Pretty, false));
    check(name, &report);
}

#[test]
fn both_sides_of_a_disagreement() {
    let post = "# 要闻\n\n图为河北省石家庄市井陉县⟦人民法院⟧党组书记、⟦检察长⟧何立秋在调研。";
    let mut sourced = finding("“井陉县人民法院”没有“检察长”这一职务", post, &["“检察长”只设于人民检察院"]);
    sourced.rule = "sample/sourced".into();
    sourced.help = Some("核对机构名称与职务，必要时询问作者。".into());
    let mut across = finding(
        "“何立秋”与前文“何立邱”不一致",
        "何立⟦邱⟧说完。\n\n（记者）\n\n\n会后，“何立⟦秋⟧”离开。",
        &["前文写作“秋”"],
    );
    std::mem::swap(&mut across.at, &mut across.notes[0].at);
    across.level = Level::Query;
    let sourced = fixed(sourced, "人民检察院", Safety::Ask);
    check_pretty("two-sides", vec![sourced, fixed(across, "邱", Safety::Ask)]);
}

#[test]
fn a_paragraph_of_ten_thousand_bytes() {
    let filler = "河水缓缓流过石桥，两岸的稻田一片金黄。".repeat(84);
    let text = format!("{filler}会议于⟦2月30日⟧召开。{filler}会议纪要写作⟦3月1日⟧。");
    let far = finding("二月没有三十日", &text, &["后文写作三月一日"]);
    let series: String = "一二三四五六七八九十".chars().map(|c| format!("⟦{c}是⟧要下大力气抓好落实，")).collect();
    let many = finding("“九个方面”下列了十项", &format!("{filler}⟦九个方面⟧：{series}"), &["第一项", "又一项"]);
    check_pretty("long-line", vec![far, many]);
}

#[test]
fn words_too_long_to_stand_beside_the_text() {
    let message = "“全省各级人民法院和人民检察院”在这句话里既作主语又作宾语，".repeat(4);
    let note = "前面已经说明主办单位是省高级人民法院，与这里写的承办单位不是同一个机构，请核对后统一。";
    let long = finding(&message, "由⟦主办单位⟧和⟦承办单位⟧共同主持，会期三天。", &[note]);
    let mut wide = finding("整段重复", &format!("⟦{}⟧完。", "整段文字从别处抄来，".repeat(30)), &[]);
    wide.help = Some("删去其中一段，保留的一段与原件核对，并请作者确认。".repeat(3));
    check_pretty("long-words", vec![long, wide]);
}

#[test]
fn the_same_mark_many_times() {
    let text = "山高⟦,⟧水长⟦,⟧\n".repeat(12);
    let fold = folded(finding("句中用了半角逗号", &text, &[]));
    let mut fold = fixed(fold, "，", Safety::Safe);
    let more = fold.folded.iter().map(|place| Edit { span: place.first().span, text: "，".into() });
    if let Some(fix) = &mut fold.fix {
        fix.edits.extend(more);
    }
    fold.level = Level::Warning;
    check_pretty("folded", vec![fold]);
}

#[test]
fn places_at_the_edges() {
    let points = [
        ("句首缺引号", "⟦⟧你来了。”他说。"),
        ("句末缺句号", "他点点头⟦⟧"),
        ("空行里缺一段", "上文。\n⟦⟧\n下文。"),
        ("文首的字", "⟦山⟧"),
        ("末行的字", "山\n\n水⟦长⟧"),
    ];
    let mut findings: Vec<Finding> = points.iter().map(|(message, text)| finding(message, text, &[])).collect();
    findings[0] = fixed(findings[0].clone(), "“", Safety::Safe);
    findings[1] = fixed(findings[1].clone(), "。", Safety::Ask);
    findings[3] = fixed(findings[3].clone(), "", Safety::Safe);
    check_pretty("edges", findings);
}

#[test]
fn split_places_and_line_ends() {
    let broken = split(finding("词语被断行拆开", "会议强调要加⟦强⟧\r\n\r\n⟦监⟧督检查。\r\n", &[]));
    let lines = finding("引文跨行", "他说⟦“路还长，\r\n慢慢走”⟧。\r\n完。", &[]);
    check_pretty("split", vec![broken, lines]);
}

#[test]
fn characters_of_all_widths() {
    check_pretty(
        "widths",
        vec![
            finding("“𠮷”是异体字", "“——”……⟦𠮷⟧野家——“⟦吉⟧”字", &["后文作“吉”"]),
            finding("字上有多余的符号", "cafe⟦\u{301}⟧ 与 ⟦e\u{301}⟧ 与　⟦　⟧空格", &["正常", "全角空格"]),
            finding("不可见的字符", "检⟦\u{200B}⟧察\u{1B}[31m官⟦\t⟧到场\u{2028}了", &["制表符"]),
        ],
    );
}

#[test]
fn what_was_not_read() {
    let mut failed = report(vec![finding("找不到这个文件", "⟦⟧", &[])]);
    failed.files[0].encoding = None;
    failed.files[0].characters = 0;
    failed.files[0].error = Some("找不到这个文件".into());
    check("failed", &failed);
    check("empty", &report(Vec::new()));
}

#[test]
fn several_sources_of_one_manuscript() {
    let mut joined = report(vec![finding("两处日期不同", "上篇：⟦3月1日⟧\n下篇：⟦3月2日⟧", &["下篇如此"])]);
    joined.files[0].findings[0].notes[0].at.pieces[0].span.file = 1;
    let second = FileReport { path: "下篇.txt".into(), findings: Vec::new(), ..joined.files[0].clone() };
    joined.files.push(second);
    check("joined", &joined);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_and_any_places(
        text in "([\\n\\r\\t “”—…，。山水𠮷e\u{301}\u{200b}\u{3000}\u{1b}\u{2028}\u{3ff01}a-c]|[山水“]{30,90}){0,60}",
        spots in proptest::collection::vec((0.0..1.0f64, 0usize..80), 1..9),
        said in "[“”山水，a ]{0,90}",
    ) {
        let source = Source::from_text("一个很长的文件夹名字/稿.txt", text.clone());
        let place = |(at, length): &(f64, usize)| {
            let start = han::floor(&text, (at * (text.len() + 1) as f64) as usize);
            Place { pieces: vec![piece(&source, (start, han::floor(&text, start + length)))] }
        };
        let mut all = fixed(finding(&format!("问题{said}"), "⟦⟧", &[]), &said, Safety::Safe);
        all.at = place(&spots[0]);
        all.notes = spots[1..].iter().map(|spot| Note { at: place(spot), message: said.clone() }).collect();
        let report = report(vec![all]);
        check_narrow(&written(&report, Format::Pretty, false));
        for format in Format::ALL {
            let text = written(&report, format, false);
            check_calm(&text);
            schema::check(format, &text);
        }
    }
}

/// The text between two places of a text, given as line and column; a column counts as the format does.
fn between(text: &str, from: (u64, u64), to: (u64, u64), count: fn(char) -> usize) -> String {
    let offset = |(line, column): (u64, u64)| {
        let source = Source::from_text("稿.txt", text);
        let start = source.line_starts[line as usize - 1] as usize;
        let (mut left, mut at) = (column as usize - 1, start);
        for c in text[start..].chars() {
            if left == 0 {
                break;
            }
            left = left.checked_sub(count(c)).expect("a column is between characters");
            at += c.len_utf8();
        }
        at
    };
    text[offset(from)..offset(to)].to_string()
}

const HARD: &str = "“𠮷野家”e\u{301}了,\r\n他说⟦“路𠮷，\r\n慢e\u{301}慢走”⟧,完。\r\n𠮷e\u{301}⟦,⟧人走了\r\n";

/// Every place that a program is told leads back to the words, by that program's way of counting.
#[test]
fn columns_lead_back_to_the_words() {
    let (text, marks) = marked(HARD);
    let words: Vec<&str> = marks.iter().map(|&(start, end)| &text[start..end]).collect();
    let mut across = finding("引文跨行", HARD, &["另一处"]);
    across = fixed(across, "“路", Safety::Safe);
    let report = report(vec![across]);
    let json = |format| -> serde_json::Value {
        serde_json::from_str(&written(&report, format, false)).expect("a report is JSON")
    };
    let number = |value: &serde_json::Value, key: &str| value[key].as_u64().expect("a number");
    let scalar: fn(char) -> usize = |_| 1;
    let sarif = json(Format::Sarif);
    let result = &sarif["runs"][0]["results"][0];
    let region = |location: &serde_json::Value| {
        let region = &location["physicalLocation"]["region"];
        let at = |line, column| (number(region, line), number(region, column));
        between(&text, at("startLine", "startColumn"), at("endLine", "endColumn"), scalar)
    };
    assert_eq!(region(&result["locations"][0]), words[0]);
    assert_eq!(region(&result["relatedLocations"][0]), words[1]);
    let positions = &json(Format::Gitlab)[0]["location"]["positions"];
    let at = |position: &serde_json::Value| (number(position, "line"), number(position, "column"));
    assert_eq!(between(&text, at(&positions["begin"]), at(&positions["end"]), scalar), words[0]);
    let rdjson = json(Format::Rdjson);
    let diagnostic = &rdjson["diagnostics"][0];
    let range = |range: &serde_json::Value| between(&text, at(&range["start"]), at(&range["end"]), char::len_utf8);
    assert_eq!(range(&diagnostic["location"]["range"]), words[0]);
    assert_eq!(range(&diagnostic["related_locations"][0]["location"]["range"]), words[1]);
    assert_eq!(range(&diagnostic["suggestions"][0]["range"]), words[0]);
    let github = written(&report, Format::Github, false);
    assert!(github.starts_with("::error file=稿.txt,line=2,endLine=3,title="), "{github}");
    assert!(github.contains("稿.txt:4:4 “,”"), "{github}");
    assert!(written(&report, Format::Junit, false).contains("稿.txt:2:3 他说⟦“路𠮷，"));
}

/// What mends each place of a folded finding stands with that place.
#[test]
fn folded_fixes_are_shared_out() {
    let mut all = folded(finding("半角", "山⟦,⟧水⟦,⟧人", &[]));
    all = fixed(all, "，", Safety::Safe);
    let more = Edit { span: all.folded[0].first().span, text: "，".into() };
    all.fix.as_mut().expect("a fix").edits.push(more);
    let text = written(&report(vec![all.clone()]), Format::Rdjson, false);
    let rdjson: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let diagnostics = rdjson["diagnostics"].as_array().expect("a list");
    assert_eq!(diagnostics.len(), 2);
    for diagnostic in diagnostics {
        assert_eq!(diagnostic["suggestions"][0]["range"], diagnostic["location"]["range"]);
    }
    let mut extracted = report(vec![all]);
    extracted.files[0].form = Form::Docx;
    for format in [Format::Rdjson, Format::Sarif] {
        let text = written(&extracted, format, false);
        assert!(!text.contains("suggestions") && !text.contains("fixes"), "lines of a package are not its own: {text}");
    }
}

#[test]
fn places_are_links_where_links_are_wanted() {
    let report = report(vec![finding("半角", "山⟦,⟧水", &[])]);
    let style = Style { colour: true, links: Some("/来稿".into()) };
    let mut bytes = Vec::new();
    report::write(&report, Format::Pretty, &style, &mut bytes).expect("a vector can be written to");
    let text = String::from_utf8(bytes).expect("reports are UTF-8");
    let link = "\u{1B}]8;;file:///%E6%9D%A5%E7%A8%BF/%E7%A8%BF.txt\u{1B}\\稿.txt:1:2\u{1B}]8;;\u{1B}\\";
    assert!(text.contains(link), "{text:?}");
    assert_eq!(anstream::adapter::strip_str(&text).to_string().matches("稿.txt:1:2").count(), 1);
}
