use super::*;
use proptest::prelude::*;

const PLAIN: &str = "校对员把清样摊在灯下，先看标题，再看数字，最后把人名一个一个念出声来。\n";
const TRADITIONAL: &str = "圖書館下週起延長開放時間，讀者可以在閱覽室待到晚上十點，假日照常。\n";
const ALL: [Encoding; 5] = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5];

/// Decodes and compares with encoding, mark, number of replaced sequences and text.
#[track_caller]
fn check(bytes: &[u8], encoding: Encoding, bom: bool, replaced: usize, text: &str) {
    let decoded = decode(bytes, None).unwrap();
    let form = (decoded.encoding, decoded.bom, decoded.replaced);
    assert_eq!(form, (encoding, bom, replaced));
    assert_eq!(decoded.text, text);
}

#[track_caller]
fn refused(bytes: &[u8], forced: Option<Encoding>, sentence: &str) {
    assert_eq!(decode(bytes, forced).unwrap_err().to_string(), sentence);
}

fn bytes_of(text: &str, encoding: Encoding) -> Vec<u8> {
    encode(text, encoding).unwrap()
}

#[test]
fn recognises_every_encoding_without_a_mark() {
    for encoding in ALL {
        let text = if encoding == Encoding::Big5 { TRADITIONAL } else { PLAIN };
        check(&bytes_of(text, encoding), encoding, false, 0, text);
    }
    check(b"", Encoding::Utf8, false, 0, "");
    check(b"a", Encoding::Utf8, false, 0, "a");
    check("国".as_bytes(), Encoding::Utf8, false, 0, "国");
}

#[test]
fn a_mark_decides_and_is_no_text() {
    for encoding in ALL.into_iter().filter(|encoding| !encoding.bom().is_empty()) {
        let bytes = [encoding.bom(), &bytes_of(PLAIN, encoding)].concat();
        check(&bytes, encoding, true, 0, PLAIN);
        check(encoding.bom(), encoding, true, 0, "");
    }
}

#[test]
fn recognises_utf16_that_is_all_han_all_latin_or_of_odd_length() {
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        let han: String = PLAIN.chars().filter(|&c| c > '\u{4E00}' && c < '\u{9FFF}').collect();
        check(&bytes_of(&han, encoding), encoding, false, 0, &han);
        check(&bytes_of("No. 7\r\n", encoding), encoding, false, 0, "No. 7\r\n");
        let odd = [bytes_of(PLAIN, encoding), vec![0x4E]].concat();
        check(&odd, encoding, false, 1, &format!("{PLAIN}\u{FFFD}"));
    }
}

#[test]
fn lone_surrogates_are_invalid_sequences() {
    let page = PLAIN.repeat(4);
    let mut bytes = bytes_of(&page, Encoding::Utf16Le);
    bytes.splice(2..2, [0x00, 0xD8]);
    check(&bytes, Encoding::Utf16Le, false, 1, &page.replacen('对', "\u{FFFD}对", 1));
    refused(b"\xff\xfe\x00\xdc\x00\xd8\x41\x00", None, "不是有效的 utf-16le 文本：字节偏移 2（从 0 数起）处读不通");
}

#[test]
fn a_cut_file_is_read_to_the_cut() {
    for encoding in ALL {
        let text = if encoding == Encoding::Big5 { TRADITIONAL } else { PLAIN };
        let text = text.trim_end();
        let end = text.char_indices().next_back().unwrap().0;
        let bytes = bytes_of(text, encoding);
        let read = format!("{}\u{FFFD}", &text[..end]);
        check(&bytes[..bytes.len() - 1], encoding, false, 1, &read);
    }
}

#[test]
fn a_few_broken_bytes_do_not_change_the_encoding() {
    for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5] {
        let text = if encoding == Encoding::Big5 { TRADITIONAL } else { PLAIN };
        let mut bytes = bytes_of(&text.repeat(4), encoding);
        bytes.insert(bytes_of(text, encoding).len(), 0xFF);
        check(&bytes, encoding, false, 1, &format!("{text}\u{FFFD}{}", text.repeat(3)));
    }
}

#[test]
fn a_replacement_character_in_the_file_is_a_character() {
    let text = "来稿里有一个\u{FFFD}字。";
    check(text.as_bytes(), Encoding::Utf8, false, 0, text);
}

#[test]
fn rare_characters_are_chinese_and_accents_are_not() {
    let names = "彧喆\n珺晟\n祎昉\n";
    check(&bytes_of(names, Encoding::Gb18030), Encoding::Gb18030, false, 0, names);
    let unknown = "认不出文件的编码，请指定编码，或另存为 utf-8";
    refused(b"a na\xefve reader of the proof", None, unknown);
    refused(b"an old caf\xe9", None, unknown);
    refused(b"\x81", None, unknown);
}

#[test]
fn names_what_is_not_text() {
    refused(b"PK\x03\x04\x14\0", None, "这是 ZIP 压缩包（DOCX、XLSX、PPTX 等也是），不能当作文本读");
    refused(b"\xff\xfe\0\0A\0\0\0", None, "这是 UTF-32 文件，不能当作文本读");
    let office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let sentence = "这是 旧版 Office 文件（DOC、XLS、PPT、WPS），不能当作文本读";
    refused(office, Some(Encoding::Gb18030), sentence);
    let nuls = "文件里有大量空字节，不是文本文件";
    refused(b"\x01\0\0\0\0\xff\0\0\0\0\x80\0\0", None, nuls);
    refused(&bytes_of(PLAIN, Encoding::Utf16Le), Some(Encoding::Utf8), nuls);
}

#[test]
fn a_forced_encoding_is_kept_or_refused() {
    let gb18030 = bytes_of(PLAIN, Encoding::Gb18030);
    let sentence = "不是有效的 utf-8 文本：字节偏移 2（从 0 数起）处读不通";
    refused(&gb18030, Some(Encoding::Utf8), sentence);
    assert_eq!(decode(&gb18030, Some(Encoding::Gb18030)).unwrap().text, PLAIN);
    let marked = b"\xfe\xff\x56\xfd";
    assert_eq!(decode(marked, Some(Encoding::Utf16Le)).unwrap().encoding, Encoding::Utf16Be);
    let sentence = "文件开头的标记表明编码是 utf-16be，与指定的 big5 不符";
    refused(marked, Some(Encoding::Big5), sentence);
    assert_eq!(decode(b"", Some(Encoding::Big5)).unwrap().encoding, Encoding::Big5);
}

#[test]
fn labels_name_their_encoding() {
    for (encoding, labels) in Encoding::LABELS {
        assert_eq!(labels[0], encoding.name());
        assert!(labels.iter().all(|label| label.to_uppercase().parse() == Ok(encoding)));
    }
    assert_eq!(" GB_2312 ".parse(), Ok(Encoding::Gb18030));
    let error = "latin1".parse::<Encoding>().unwrap_err().to_string();
    assert!(error.starts_with("unknown encoding `latin1`: accepted are utf-8, utf8, utf-16le"));
}

#[test]
fn encode_refuses_what_cannot_be_written() {
    assert_eq!(encode("检", Encoding::Big5), None);
    assert_eq!(encode("\u{E5E5}", Encoding::Gb18030), None);
    assert_eq!(encode("𠮷", Encoding::Utf16Be).unwrap(), b"\xd8\x42\xdf\xb7");
}

#[test]
fn a_splice_leaves_the_other_bytes_alone() {
    // A8 BC and 81 35 F4 37 are both U+1E3F; the text could only be written back as one of them.
    let file = b"\xbc\xb2\xb2\xe9\xb3\xa4\xa8\xbc\x81\x35\xf4\x37";
    let decoded = decode(file, Some(Encoding::Gb18030)).unwrap();
    let offsets = original_offsets(file, &decoded, &[3, 6, 9, 12, 15, 99]);
    assert_eq!(offsets, [2, 4, 6, 8, 12, 12]);
}

#[test]
fn two_characters_of_one_sequence_share_its_start() {
    let file = b"\xa4\xa4\x88\x62\xa4\xe5";
    let decoded = decode(file, Some(Encoding::Big5)).unwrap();
    assert_eq!(decoded.text, "中\u{CA}\u{304}文");
    assert_eq!(original_offsets(file, &decoded, &[0, 3, 4, 5, 7, 10]), [0, 2, 2, 2, 4, 6]);
}

/// Every boundary of the text with its place in the file.
fn boundaries(bytes: &[u8], decoded: &Decoded) -> Vec<(usize, usize)> {
    let text = &decoded.text;
    let wanted: Vec<u32> = (0..=text.len() as u32).filter(|&at| text.is_char_boundary(at as usize)).collect();
    let found = original_offsets(bytes, decoded, &wanted);
    wanted.iter().map(|&at| at as usize).zip(found).collect()
}

/// Bytes that look like text of some encoding more often than chance would have it.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), 0x30..=0x39u8, 0x40..=0x7Eu8, 0x81..=0xFEu8, Just(0xD8u8), Just(0xE4u8)];
    proptest::collection::vec(byte, 0..80)
}

fn lossy<'a>(bytes: &'a [u8], encoding: Encoding) -> std::borrow::Cow<'a, str> {
    encoding.table().decode_without_bom_handling(bytes).0
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in broken()) {
        let forced = ALL.into_iter().map(Some).chain([None]);
        for decoded in forced.filter_map(|encoding| decode(&bytes, encoding).ok()) {
            let marks = decoded.text.matches('\u{FFFD}').count();
            prop_assert!(decoded.replaced <= marks);
            prop_assert!(!decoded.bom || !decoded.encoding.bom().is_empty());
        }
    }

    #[test]
    fn single_steps_agree_with_the_standard(bytes in broken()) {
        for encoding in ALL {
            let reading = read(&bytes, encoding);
            let start = usize::from(reading.decoded.bom) * encoding.bom().len();
            prop_assert_eq!(&reading.decoded.text, &lossy(&bytes[start..], encoding));
        }
    }

    #[test]
    fn every_boundary_of_encoded_text_is_found(
        text in "[a-z\n。，《》一-龥\u{3400}-\u{4dbf}\u{20000}-\u{20fff}\u{e000}-\u{f8ff}]{0,40}",
        mark in any::<bool>(),
    ) {
        for encoding in ALL {
            let writable: String = text
                .chars()
                .filter(|c| {
                    let there = encode(&c.to_string(), encoding);
                    there.is_some_and(|bytes| lossy(&bytes, encoding) == c.to_string())
                })
                .collect();
            let bom = if mark { encoding.bom() } else { b"" };
            let bytes = [bom, &bytes_of(&writable, encoding)].concat();
            let decoded = read(&bytes, encoding).decoded;
            prop_assert_eq!(&decoded.text, &writable);
            for (at, found) in boundaries(&bytes, &decoded) {
                let before = bytes_of(&writable[..at], encoding).len();
                prop_assert_eq!(found, bom.len() + before);
            }
        }
    }

    #[test]
    fn every_boundary_of_a_broken_file_is_found(bytes in broken()) {
        for encoding in ALL {
            let decoded = read(&bytes, encoding).decoded;
            for (at, found) in boundaries(&bytes, &decoded) {
                let rest = lossy(&bytes[found..], encoding);
                prop_assert!(rest.ends_with(&decoded.text[at..]));
                prop_assert!(rest.len() == decoded.text.len() - at || encoding == Encoding::Big5);
            }
        }
    }
}

/// The real files of odd encodings kept beside the repository, where there are any.
fn real_files() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/messy/encodings");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {folder} is absent");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

/// The encoding that the name of a real file promises.
fn promised(name: &str, bytes: &[u8]) -> Encoding {
    let collection = name.split("__").next();
    match (collection, name.split("__").nth(1)) {
        (Some("chardet"), Some("UTF-16")) if bytes[0] == 0xFE => Encoding::Utf16Be,
        (Some("chardet"), Some("UTF-16")) => Encoding::Utf16Le,
        (Some("chardet"), Some(label)) => {
            let label = label.trim_matches('_');
            label.parse().unwrap_or_else(|_| panic!("{name}"))
        }
        (_, Some("论文指导.txt")) => Encoding::Utf8,
        (Some("funNLP"), _) => Encoding::Utf16Le,
        _ => Encoding::Gb18030,
    }
}

#[test]
fn real_files_have_the_promised_encoding() {
    for (name, bytes) in real_files() {
        let decoded = decode(&bytes, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        let form = (decoded.encoding, decoded.replaced);
        assert_eq!(form, (promised(&name, &bytes), 0), "{name}");
    }
}

#[test]
fn real_files_with_a_broken_byte_are_never_taken_for_another_encoding() {
    for (name, mut bytes) in real_files() {
        let promised = promised(&name, &bytes);
        if matches!(promised, Encoding::Gb18030 | Encoding::Big5) {
            bytes.insert(bytes.len() / 2, 0xFF);
            let read = decode(&bytes, None);
            assert!(read.is_err() || read.is_ok_and(|read| read.encoding == promised), "{name}");
        }
    }
}

#[test]
fn real_files_give_back_the_place_of_every_line() {
    for (name, bytes) in real_files() {
        let decoded = decode(&bytes, None).unwrap();
        let lines: Vec<u32> = decoded.text.match_indices('\n').map(|(at, _)| at as u32).collect();
        let newline = bytes_of("\n", decoded.encoding);
        for found in original_offsets(&bytes, &decoded, &lines) {
            assert!(bytes[found..].starts_with(&newline), "{name} at {found}");
        }
    }
}
