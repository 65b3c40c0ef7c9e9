//! Faults planted in sentences that are made up from shapes and lists: how many are found, and what is found for nothing.

use std::collections::BTreeMap;

use kanwu::finding::Finding;
use kanwu::rule::{self, RuleSet};
use kanwu::text::Source;
use kanwu::{engine, manuscript};

/// Members that fit each shape: nouns, names of classes, names of people, whole clauses.
const NOUNS: [&str; 6] = ["巡堤员", "护渔员", "法律顾问", "水文观测员", "船检员", "摆渡人"];
const CLASSES: [&str; 6] = ["清淤行动", "护岸行动", "补植行动", "增殖放流行动", "巡湖行动", "禁捕行动"];
const PEOPLE: [&str; 6] = ["周明远", "韩小松", "洪波", "马文山", "李桂英", "陈志强"];
const CLAUSES: [&str; 6] = ["加固堤防", "备足砂石", "落实值守", "清理阻水障碍", "检修排涝设备", "转移低洼住户"];
const NUMERALS: [&str; 8] = ["零", "一", "两", "三", "四", "五", "六", "七"];

/// `{、}` is the list, `{和}` the same with 和 before its last member, `{“}` each member quoted, `{+}` joined by plus signs,
/// `{是}` with 一是, `{（}` as blocks with （一）, `{.}` as blocks with 1., `{值}` values; `N` is the number, `D` in digits.
const SHAPES: [(&str, &[&str; 6]); 32] = [
    ("乡里依托“{、}”N支队伍，分片包干。", &NOUNS),
    ("乡里组建{、}N支队伍，分片包干。", &NOUNS),
    ("乡里组建{和}N支队伍，分片包干。", &NOUNS),
    ("全县整合{、}N类人员，统一调度。", &NOUNS),
    ("推行{“}N项举措。", &CLAUSES),
    ("开展{、}“N大行动”，湖区面貌一新。", &CLASSES),
    ("开展{和}N大行动，湖区面貌一新。", &CLASSES),
    ("实施“{+}”N维治理模式。", &CLAUSES),
    ("队员分为N类：{、}。", &NOUNS),
    ("队员分为N类：{和}。", &NOUNS),
    ("湖区开展“N大行动”：{、}。", &CLASSES),
    ("全县有N支专业队伍（{、}），常年值守。", &NOUNS),
    ("重点抓好N个环节，即{、}。", &CLAUSES),
    ("工作分为N个步骤：{、}，环环相扣。", &CLAUSES),
    ("会议提出N点要求：{是}。", &CLAUSES),
    ("会议明确了N项任务。{是}。", &CLAUSES),
    ("为此，各村要做到以下N点：{是}。", &CLAUSES),
    ("现提出N点意见：\n\n{（}", &CLAUSES),
    ("各乡镇要抓好以下N项工作。\n\n{（}", &CLAUSES),
    ("开航前必须查验N个项目：\n\n{.}", &CLAUSES),
    ("船工{、}D人受到表彰。", &PEOPLE),
    ("船工{和}N人受到表彰。", &PEOPLE),
    ("村民{、}D名同志当选。", &PEOPLE),
    ("获奖的N名船工分别是{、}。", &PEOPLE),
    ("{和}分别巡查{值}。", &NOUNS),
    ("{、}分别为{值}。", &NOUNS),
    ("队员按职责编为N个小组：{“}。", &CLAUSES),
    ("形成了“{—}”N步工作法。", &CLAUSES),
    ("学习《堤防志》{《}N部著作。", &CLASSES),
    ("安排{、}D项任务，限期办结。", &CLAUSES),
    ("县里成立了{、}N个专班。", &CLASSES),
    ("打通{、}N个关口。", &CLAUSES),
];

fn rules() -> RuleSet {
    let mut rules = rule::built_in().expect("the built-in packs are sound");
    rules.select(&["enumeration".into(), "numbering".into()], &[]).expect("topics of the packs");
    rules
}

fn findings(rules: &RuleSet, text: &str) -> Vec<Finding> {
    let manuscript = manuscript::read_manuscript(vec![Source::from_text("稿.txt", text)]);
    engine::check(&manuscript, rules)
}

fn joined(members: &[&str], mark: &str) -> String {
    members.join(mark)
}

fn with_and(members: &[&str]) -> String {
    let (last, others) = members.split_last().expect("a list");
    if others.is_empty() { last.to_string() } else { format!("{}和{last}", others.join("、")) }
}

/// Members with ordinals: each is `before` + number + `after` + member.
fn numbered(members: &[&str], before: &str, after: &str, arabic: bool, between: &str) -> String {
    let number = |at: usize| {
        if arabic { (at + 1).to_string() } else { ["一", "二", "三", "四", "五", "六"][at].to_string() }
    };
    let one = |(at, member): (usize, &&str)| format!("{before}{}{after}{member}", number(at));
    members.iter().enumerate().map(one).collect::<Vec<_>>().join(between)
}

/// A sentence of the shape with a list of the first `size` members and a number.
fn make(shape: (&str, &[&str; 6]), size: usize, number: usize) -> String {
    let members = &shape.1[..size];
    let values: Vec<String> = (0..number).map(|at| format!("{}次", 12 + at * 7)).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let quoted: Vec<String> = members.iter().map(|member| format!("“{member}”")).collect();
    let books: Vec<String> = members[1..].iter().map(|member| format!("《{member}》")).collect();
    let text = shape.0.replace("{、}", &joined(members, "、")).replace("{和}", &with_and(members));
    let text =
        text.replace("{“}", &quoted.concat()).replace("{《}", &books.concat()).replace("{+}", &joined(members, "+"));
    let text = text.replace("{—}", &joined(members, "—")).replace("{值}", &with_and(&values));
    let text = text.replace("{是}", &numbered(members, "", "是", false, "；"));
    let text = text.replace("{（}", &numbered(members, "（", "）", false, "。各村落实到人。\n\n"));
    let text = text.replace("{.}", &numbered(members, "", ". ", true, "；\n"));
    text.replace('N', NUMERALS[number]).replace('D', &number.to_string())
}

#[test]
fn numbers_that_do_not_fit_their_list() {
    let rules = rules();
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut false_alarms = Vec::new();
    for shape in SHAPES {
        for size in 2..=6 {
            let right = make(shape, size, size);
            if let Some(finding) = findings(&rules, &right).first() {
                false_alarms.push(format!("{right} ({})", finding.rule));
            }
            for number in [size - 1, size + 1].into_iter().filter(|number| *number > 1) {
                let wrong = make(shape, size, number);
                let entry = found.entry(shape.0).or_default();
                entry.1 += 1;
                entry.0 += usize::from(!findings(&rules, &wrong).is_empty());
            }
        }
    }
    let (hits, all) = found.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let weak: Vec<String> =
        found.iter().filter(|(_, n)| n.0 < n.1).map(|(s, n)| format!("{}/{} {s}", n.0, n.1)).collect();
    println!("found {hits} of {all}\n{}", weak.join("\n"));
    assert!(false_alarms.is_empty(), "found for nothing:\n{}", false_alarms.join("\n"));
    assert!(hits * 100 >= all * 85, "found {hits} of {all}:\n{}", weak.join("\n"));
}

/// A document with headings, items, and a number that is changed at one place.
fn document(numbers: &[usize], style: &str) -> String {
    let chinese = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let member = |(at, number): (usize, &usize)| {
        let body = CLAUSES[at % CLAUSES.len()];
        match style {
            "一、" => format!("{}、{body}\n\n各村落实到人，不得推诿。\n\n", chinese[*number]),
            "（一）" => format!("（{}）{body}。各村落实到人，不得推诿。\n\n", chinese[*number]),
            "1." => format!("{number}. {body}；\n"),
            "一是" => format!("{}是{body}；", chinese[*number]),
            "①" => format!("{}{body}；", ["", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"][*number]),
            "第一条" => format!("第{}条　各村应当{body}。\n\n", chinese[*number]),
            _ => format!("## {number} {body}\n\n各村落实到人，不得推诿。\n\n"),
        }
    };
    let body: String = numbers.iter().enumerate().map(member).collect();
    format!(
        "# 渡口防汛办法\n\n各村要做好准备，要求如下：{}{body}",
        if style == "一是" || style == "①" { "" } else { "\n\n" }
    )
}

#[test]
fn numbers_that_do_not_go_on() {
    let rules = rules();
    let mut missed = Vec::new();
    let mut all = 0;
    for style in ["一、", "（一）", "1.", "一是", "①", "第一条", "## 1"] {
        for size in 3..=7 {
            let right: Vec<usize> = (1..=size).collect();
            assert!(findings(&rules, &document(&right, style)).is_empty(), "found for nothing: {style} {size}");
            for at in 1..size {
                let gap: Vec<usize> = (1..=size).map(|number| if number > at { number + 1 } else { number }).collect();
                let mut repeat = right.clone();
                repeat[at] = at;
                for numbers in [gap, repeat] {
                    all += 1;
                    if findings(&rules, &document(&numbers, style)).is_empty() {
                        missed.push(format!("{style} {numbers:?}"));
                    }
                }
            }
        }
    }
    println!("missed {} of {all}\n{}", missed.len(), missed.join("\n"));
    assert!(missed.len() * 100 <= all * 8, "missed {} of {all}:\n{}", missed.len(), missed.join("\n"));
}
