/*!
The catalogue `rules/README.md`: one line a rule, by topic; what carries each check; the official measures, line by line.
*/

use std::fmt::{self, Write};

use super::class_name;
use super::coverage::{Coverage, coverage};
use super::figures::measured;
use crate::engine::DECLARED_ONLY;
use crate::rule::{Rule, RuleSet};
use crate::score::{self, Line, Measure};

/// Topics in the order of an editor's fears, with what they are called; others follow by name.
const TOPICS: [(&str, &str); 22] = [
    ("organization", "机构与职务"),
    ("person", "人名"),
    ("place", "地名"),
    ("date", "日期与时间"),
    ("number", "数字"),
    ("enumeration", "列举"),
    ("formula", "提法"),
    ("law", "法律用语"),
    ("structure", "结构"),
    ("punctuation", "标点"),
    ("garbled", "异码与乱字"),
    ("spelling", "错别字"),
    ("wording", "用词"),
    ("grammar", "语法"),
    ("consistency", "前后一致"),
    ("numbering", "序号"),
    ("reference", "引文与参考文献"),
    ("document", "公文与论文"),
    ("unit", "量和单位"),
    ("suspect", "存疑"),
    ("reading", "读稿"),
    ("engine", "程序自身"),
];

const HEAD: &str = "\
# 规则一览

由程序生成（`KANWU_BLESS=1 cargo test catalogue`），不要手改；规则写在同一文件夹的 `*.toml` 里。
`kanwu rules show 规则名` 给出一条规则的全部内容。

级别：错（确定）、疑（很可能）、询（请作者核实）、关（要在配置里打开）。例句中 `⟦⟧` 是规则指出的地方，第一处是问题本身。
“每百万字”是规则在已经编辑过的文本上每百万字提出的条数（同一文件里同样的问题只算一条），由 `kanwu rules measure` 测得；
编辑过的文本也有差错，提出的不都是误报。
";

/// The catalogue of a set of rules.
pub fn readme(set: &RuleSet) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(set, &mut text);
    text
}

fn write(set: &RuleSet, out: &mut String) -> fmt::Result {
    out.push_str(HEAD);
    for (topic, name) in topics(set) {
        let rules: Vec<&Rule> = set.rules.iter().filter(|rule| rule.topic() == topic).collect();
        writeln!(out, "\n## {name}（{topic}，{}条）\n", rules.len())?;
        writeln!(out, "| 规则 | 级别 | 说明 | 依据 | 例 | 每百万字 | 测于 |\n|---|---|---|---|---|--:|---|")?;
        rules.iter().try_for_each(|rule| writeln!(out, "{}", line(rule)))?;
    }
    checks(out)?;
    measures(out)
}

/// The topics that have rules.
fn topics(set: &RuleSet) -> Vec<(&str, &str)> {
    let has = |topic: &str| set.rules.iter().any(|rule| rule.topic() == topic);
    let mut topics: Vec<(&str, &str)> = TOPICS.into_iter().filter(|(topic, _)| has(topic)).collect();
    for rule in &set.rules {
        if !topics.iter().any(|(topic, _)| *topic == rule.topic()) {
            topics.push((rule.topic(), rule.topic()));
        }
    }
    topics
}

fn line(rule: &Rule) -> String {
    let declaration = rule.declaration();
    let example = declaration.bad.first().map_or("", String::as_str);
    let figure = measured().0.get(&*rule.id).filter(|_| declaration.check != DECLARED_ONLY);
    let (rate, date) =
        figure.map_or(("—".to_string(), ""), |figure| (format!("{:.2}", figure.per_million()), figure.date.as_str()));
    let (id, mark) = (&rule.id, rule.level.mark());
    let (why, source, example) = (cell(first_sentence(&declaration.why)), cell(&declaration.source), cell(example));
    format!("| `{id}` | {mark} | {why} | {source} | {example} | {rate} | {date} |")
}

fn first_sentence(text: &str) -> &str {
    text.find('。').map_or(text, |end| &text[..end])
}

/// A text that is no markup and stays in its cell.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '<' | '`' | '\\' | '~' | '[' | ']' => cell.extend(['\\', c]),
            '\n' => cell.push('↵'),
            c => cell.push(c),
        }
    }
    cell
}

fn checks(out: &mut String) -> fmt::Result {
    let rows = coverage();
    let carried = rows.iter().filter(|row| !row.rules.is_empty()).count();
    writeln!(out, "\n## 检查项与规则\n")?;
    writeln!(out, "校对手册里的检查项共{}项，{carried}项有规则；其余写明原因。编号只是清单的编号。\n", rows.len())?;
    writeln!(out, "| 检查项 | 名称 | 规则 | 说明 |\n|---|---|---|---|")?;
    let rules = |row: &Coverage| row.rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(" ");
    rows.iter().try_for_each(|row| {
        writeln!(out, "| {} | {} | {} | {} |", row.check, cell(row.name), rules(row), cell(row.reason))
    })
}

fn measures(out: &mut String) -> fmt::Result {
    writeln!(out, "\n## 差错率的计法\n")?;
    writeln!(
        out,
        "`kanwu check --measure 名称` 按下列办法计点：下限只计“错”，上限连“疑”“询”一并计入，按稿件字数折算为万分之几。\
         稿件没有版面，字数按稿件中不是空白的字符计。“已核实”指计点的原文已经核对；其余凭业内通行本，用前请与原件核对。"
    )?;
    score::measures().iter().try_for_each(|measure| one_measure(measure, out))
}

fn one_measure(measure: &Measure, out: &mut String) -> fmt::Result {
    writeln!(out, "\n### {}：《{}》（{}）\n", measure.name, measure.title, measure.document)?;
    writeln!(out, "| 条目 | 每处计分 | 上限 | 对应的类别 | 核实 |\n|---|--:|--:|---|---|")?;
    for line in &measure.lines {
        writeln!(out, "{}", measure_line(line))?;
    }
    let weights = [measure.headline.as_ref(), measure.important.as_ref()];
    let weights = weights.into_iter().flatten().map(|weight| (&weight.what, weight.verified));
    writeln!(out)?;
    for (what, verified) in weights.chain([(&measure.repeats.what, measure.repeats.verified)]) {
        writeln!(out, "* {what}（{}）", told(verified))?;
    }
    measure.left_out.iter().try_for_each(|what| writeln!(out, "* 不适用于稿件：{what}"))
}

fn measure_line(line: &Line) -> String {
    let classes: Vec<String> = line.classes.iter().map(|class| class_name(*class)).collect();
    let classes = if classes.is_empty() { "不计（稿件上判断不了）".to_string() } else { classes.join(" ") };
    let cap = line.cap.map_or("—".to_string(), |cap| cap.to_string());
    let note = line.note.as_ref().map_or(String::new(), |note| format!("；{note}"));
    format!("| {} | {} | {cap} | {classes} | {}{note} |", cell(&line.what), line.points, told(line.verified))
}

fn told(verified: bool) -> &'static str {
    if verified { "已核实" } else { "未核实" }
}
