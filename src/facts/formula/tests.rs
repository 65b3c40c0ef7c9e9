use super::*;
use crate::manuscript::read_manuscript;
use crate::text::Source;

fn slips(text: &str) -> Vec<String> {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let told = |slip: &Slip| format!("{}→{}", manuscript.at(slip.wrong), slip.right);
    find(&manuscript).iter().map(told).collect()
}

fn carried(words: &str) -> String {
    format!("大家一致认为，要坚持{words}，把各项工作做好。")
}

/// The rows whose near misses are looked for, with the first wording.
fn rows() -> impl Iterator<Item = (&'static Formula, &'static Wording)> {
    let looked = formulas().iter().filter(|formula| formula.sureness != Sureness::None);
    looked.filter_map(|formula| formula.wordings.first().map(|wording| (formula, wording)))
}

/// The wording with one kept character after another replaced by one that it does not have.
fn misspelt(wording: &Wording) -> Vec<String> {
    let characters: Vec<char> = wording.text.chars().collect();
    let kept = (0..characters.len()).filter(|&at| is_kept(characters[at]));
    let other = "制策民责信效共改".chars().find(|c| !characters.contains(c)).unwrap_or('某');
    let replaced = kept.map(|at| {
        let mut words = characters.clone();
        words[at] = other;
        words.into_iter().collect()
    });
    replaced.collect()
}

#[test]
fn every_accepted_wording_is_silent() {
    for formula in formulas() {
        for wording in &formula.wordings {
            assert_eq!(slips(&carried(wording.text)), [""; 0], "{}", formula.name);
        }
    }
}

#[test]
fn a_wrong_character_is_found_in_nearly_every_place_of_nearly_every_formula() {
    let (mut found, mut all) = (0, 0);
    for (formula, wording) in rows().filter(|(_, wording)| wording.characters.len() >= 8) {
        let texts = misspelt(wording);
        let hits = texts.iter().filter(|text| !slips(&carried(text)).is_empty()).count();
        assert!(hits * 10 >= texts.len() * 7, "{}: {hits} of {}", formula.name, texts.len());
        (found, all) = (found + hits, all + texts.len());
    }
    assert!(found * 100 >= all * 96, "{found} of {all}");
}

#[test]
fn the_right_words_are_offered() {
    for (text, told) in [
        ("全院坚持为大局服务、为人民服务、为法治担当。", "为人民服务→为人民司法"),
        ("引导干警把为大局服务、为人民服务落实到办案中。", "为人民服务→为人民司法"),
        ("分工负责、相互配合、相互制约。", "相互配合、相互制约→互相配合，互相制约"),
        ("努力让人民群众在每一个司法案件中感受到公平公正的温度。", "公正→正义"),
        ("村口写着“青山绿水就是金山银山”。", "青山绿水→绿水青山"),
        ("增强“四个意识”、坚定“四个自信”、坚持“两个维护”。", "坚持“两个维护”→做到“两个维护”"),
        (
            "刑事检察、行政检察、民事检察、公益诉讼检察。",
            "刑事检察、行政检察、民事检察、公益诉讼检察→刑事检察、民事检察、行政检察、公益诉讼检察",
        ),
        ("科学立法、严格执法、全民守法。", "严格执法→严格执法、公正司法"),
    ] {
        assert_eq!(slips(text), [told], "{text}");
    }
}

#[test]
fn free_use_of_the_words_is_silent() {
    for text in [
        "医生们为人民服务，为大局服务。",
        "绿水青山变成了金山银山。",
        "推动构建亚太命运共同体。",
        "处十年以上有期徒刑、无期徒刑或者死刑。",
        "给予候补委员撤销党内职务、留党察看或者开除党籍处分。",
        "推进国家治理体系和治理能力的现代化。",
        "管制、拘役，都属于主刑。",
        "原判认定的事实是否清楚，证据是否确实、充分。",
        "坚定道路自信、理论自信、制度自信和文化自信。",
        "加强经济建设、文化建设、社会建设。",
    ] {
        assert_eq!(slips(text), [""; 0], "{text}");
    }
}
