use super::*;

/// The match of a phrase in a text, as `⟦whole⟧` with the parts that are asked for.
fn find(pattern: &str, text: &str) -> Option<Match> {
    phrase(pattern).find_in(text, 0..text.len(), &NoSlots).into_iter().next()
}

fn span<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    find(pattern, text).map(|found| &text[found.span])
}

fn refused(pattern: &str) -> PhraseError {
    Phrase::parse(pattern, Reach::default()).expect_err("a bad phrase")
}

#[test]
fn a_gap_stays_inside_the_clause_and_is_the_shortest() {
    assert_eq!(span("加强…力度", "加强对水库大坝的巡查力度和检查力度"), Some("加强对水库大坝的巡查力度"));
    assert_eq!(span("加强…力度", "加强巡查，加大力度"), None);
    assert_eq!(span("加强…力度", "加强力度"), Some("加强力度"));
    assert_eq!(span("加强…力度", "加强一二三四五六七八九十甲乙丙力度"), None);
    let wide = Reach { gap: 20, within: Within::Sentence };
    let phrase = Phrase::parse("虽然…但是", wide).unwrap();
    let text = "虽然下雨，但是开会。";
    assert_eq!(phrase.find_in(text, 0..text.len(), &NoSlots)[0].span, 0..text.find("开").unwrap());
}

#[test]
fn choices_nest_and_may_be_empty() {
    assert_eq!(span("防止(再|)(次|)发(生|作(了|))", "防止再发作了"), Some("防止再发作"));
    assert_eq!(span("(不要|要)去", "你不要去"), Some("不要去"));
    assert_eq!(span("(约|大约){数}…左右", "有大约30人左右"), Some("大约30人左右"));
    assert_eq!(span("甲\\(乙\\)（丙）", "甲(乙)（丙）"), Some("甲(乙)（丙）"));
}

#[test]
fn the_longest_required_text_finds_the_phrase() {
    assert_eq!(phrase("(减少|降低)了…倍").literals(), ["减少了", "降低了"]);
    assert_eq!(phrase("把{数}人⟦以上⟧").literals(), ["人以上"]);
    assert_eq!(phrase("(甲|)乙").literals(), ["乙", "甲乙"]);
    assert_eq!(phrase("(甲…乙|丙)丁").literals(), ["丁"]);
}

#[test]
fn marks_literals_and_fillings_are_told() {
    let text = "共超过1,200.5万名群众以上参加";
    let found = find("⟦超过⟧{数}…⟦以上⟧", text).unwrap();
    let marks: Vec<&str> = found.marks.iter().map(|mark| &text[mark.clone()]).collect();
    assert_eq!(marks, ["超过", "以上"]);
    let fillings: Vec<&str> = found.fillings.iter().map(|(_, filling)| &text[filling.clone()]).collect();
    assert_eq!(fillings, ["1,200.5万", "名群众"]);
    let literals: Vec<&str> = found.literals.iter().map(|literal| &text[literal.clone()]).collect();
    assert_eq!(literals, ["超过", "", "以上"]);
}

#[test]
fn lexical_slots() {
    assert_eq!(span("截止{日期}前", "截止2025年3月4日前"), Some("截止2025年3月4日前"));
    assert_eq!(span("截止{日期}", "截止二〇二五年三月底"), Some("截止二〇二五年三月"));
    assert_eq!(span("{数}倍", "增长三点五倍"), Some("三点五倍"));
    assert_eq!(span("{数}万元", "投资20万元"), Some("20万元"));
    assert_eq!(span("{数}左右", "约百分之三十左右"), Some("百分之三十左右"));
    assert_eq!(span("老{汉}俩", "老两俩"), Some("老两俩"));
    assert_eq!(span("老{汉}俩", "老x俩"), None);
}

#[test]
fn a_replacement_aligns_with_gaps_and_choices() {
    let text = "不断加强监管力度";
    let found = find("加强…力度", text).unwrap();
    assert_eq!(Replacement::parse("加大…力度", "加强…力度").unwrap().fill(&found), ["加大", "力度"]);
    let (wrong, text) = ("(截止|截至到)目前", "截至到目前");
    let found = find(wrong, text).unwrap();
    assert_eq!(Replacement::parse("(截至|截至)目前", wrong).unwrap().fill(&found), ["截至目前"]);
    assert!(Replacement::parse("加大力度", "加强…力度").is_err());
    assert!(Replacement::parse("(甲|乙)目前", "截止目前").is_err());
}

#[test]
fn mistakes_are_placed() {
    assert_eq!(refused("甲(乙").at, 3);
    assert_eq!(refused("甲)").at, 3);
    assert_eq!(refused("甲⟦乙").at, 3);
    assert_eq!(refused("甲⟦乙⟦丙⟧⟧").at, 9);
    assert_eq!(refused("甲|乙").at, 3);
    let slot = refused("甲{数字}");
    assert_eq!((slot.at, slot.help.as_deref()), (4, Some("did you mean {数}?")));
    assert_eq!(refused("…甲").at, 0);
    assert_eq!(refused("甲…").at, 3);
    for empty in ["", "{数}", "(|)", "(甲|)", "⟦⟧"] {
        assert!(refused(empty).message.contains("text of its own"), "{empty}");
    }
    assert!(refused(&"甲".repeat(500)).message.contains("at most"));
}

#[test]
fn hostile_phrases_end() {
    let nested = "(".repeat(150) + "甲" + &")".repeat(150);
    assert_eq!(span(&nested, "甲"), Some("甲"));
    let reach = Reach { gap: 500, within: Within::Sentence };
    let many = format!("甲{}乙", "…甲(|甲)(|甲)".repeat(30));
    let phrase = Phrase::parse(&many, reach).unwrap();
    let text = "甲".repeat(3000);
    let started = std::time::Instant::now();
    assert_eq!(phrase.find_at(&text, 0..3, &NoSlots), None);
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn no_match_leaves_its_line() {
    assert_eq!(span("甲…乙", "甲\n乙"), None);
    assert_eq!(span("({汉}|)乙丙", "甲\n乙丙"), Some("乙丙"));
}
