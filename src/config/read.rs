/*!
From the text of a configuration to its parts, strictly: whatever is not understood is a mistake at its place.

Names of rules are not looked up here, because the packs are not loaded yet (see [`validate`](super::validate)); nor is
what a file extends.
*/

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key};
use super::{Allow, At, File, Files, Part, Quote, RuleOption, Whence};
use crate::error::{Mistake, did_you_mean};
use crate::finding::Level;
use crate::review::gate::{GATES, Gate};
use crate::rule::spot;
use crate::score::{measure, measures};

/// A configuration before what it extends is read.
#[derive(Default)]
pub(super) struct Draft {
    pub main: Settings,
    pub fors: Vec<Settings>,
    pub allows: Vec<Arc<Allow>>,
}

/// The keys of a table of settings.
#[derive(Default)]
pub(super) struct Settings {
    pub files: Vec<Files>,
    pub extends: Option<At<String>>,
    pub part: Part,
}

type Table<'t> = DeTable<'t>;
type Node<'t> = Spanned<DeValue<'t>>;
type Known = &'static [&'static [Key]];

/// Reads a configuration by its table of keys ([`keys::TOP`], [`keys::LEDGER`]).
///
/// # Errors
/// All mistakes, in the order of their places.
pub(super) fn read(file: &Arc<File>, known: Known) -> Result<Draft, Vec<Mistake>> {
    let mut reader = Reader { file, mistakes: Vec::new() };
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        reader.mistake(error.span().unwrap_or(0..0), error.message().trim_end(), None);
    }
    let draft = if errors.is_empty() { reader.document(document.get_ref(), known) } else { Draft::default() };
    reader.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    if reader.mistakes.is_empty() { Ok(draft) } else { Err(reader.mistakes) }
}

struct Reader<'f> {
    file: &'f Arc<File>,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn mistake(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.mistakes.push(Mistake::new(&self.file.name, &self.file.text, span, message).help(help));
    }

    fn at<T>(&self, span: Range<usize>, value: T) -> At<T> {
        At::new(value, Whence::File(self.file.clone(), span))
    }

    fn document(&mut self, table: &Table, known: Known) -> Draft {
        let mut draft = Draft::default();
        for (name, node) in self.entries(table, known) {
            match name {
                "for" => {
                    for (table, span) in self.tables(node) {
                        draft.fors.extend(self.for_table(table, span));
                    }
                }
                "allow" => {
                    for (table, span) in self.tables(node) {
                        draft.allows.extend(self.allow(table, span).map(Arc::new));
                    }
                }
                name => self.setting(&mut draft.main, name, node),
            }
        }
        draft
    }

    /// The entries with known keys; the others are told.
    fn entries<'n, 't>(&mut self, table: &'n Table<'t>, known: Known) -> Vec<(&'static str, &'n Node<'t>)> {
        let mut entries = Vec::new();
        for (key, node) in table.iter() {
            match keys::find(known, key.get_ref()) {
                Some(key) => entries.push((key.name, node)),
                None => {
                    let all = || Some(format!("known here: {}", keys::names(known).collect::<Vec<_>>().join(", ")));
                    let help = did_you_mean(key.get_ref(), keys::names(known)).or_else(all);
                    self.mistake(key.span(), format!("unknown key `{}`", key.get_ref()), help);
                }
            }
        }
        entries
    }

    /// Tells the keys that a table needs and has not.
    fn complete(&mut self, table: &Table, span: Range<usize>, known: Known) -> bool {
        let has = |key: &Key| table.iter().any(|(name, _)| name.get_ref() == key.name);
        let missing: Vec<&Key> =
            known.iter().flat_map(|keys| keys.iter()).filter(|key| key.needed && !has(key)).collect();
        for key in &missing {
            self.mistake(span.clone(), format!("`{}` is missing", key.name), Some(key.about.to_string()));
        }
        missing.is_empty()
    }

    fn for_table(&mut self, table: &Table, span: Range<usize>) -> Option<Settings> {
        let mut settings = Settings::default();
        for (name, node) in self.entries(table, keys::FOR) {
            self.setting(&mut settings, name, node);
        }
        self.complete(table, span, keys::FOR).then_some(settings)
    }

    fn allow(&mut self, table: &Table, span: Range<usize>) -> Option<Allow> {
        let (mut rule, mut file, mut quote, mut reason) = (None, None, None, None);
        for (name, node) in self.entries(table, &[keys::ALLOW]) {
            match name {
                "rule" => rule = self.text(node).map(|rule| self.at(node.span(), rule)),
                "file" => file = self.globs(node).pop(),
                "quote" => quote = self.quote(node),
                _ => reason = self.reason(node),
            }
        }
        let whence = Whence::File(self.file.clone(), span.clone());
        let complete = self.complete(table, span, &[keys::ALLOW]);
        complete.then_some(Allow { rule: rule?, file, quote: quote?, reason: reason?, whence })
    }

    fn reason(&mut self, node: &Node) -> Option<String> {
        let reason = self.text(node)?;
        if reason.trim().is_empty() {
            self.mistake(node.span(), "the reason is empty", Some("say why the finding may stand".to_string()));
            return None;
        }
        Some(reason)
    }

    fn quote(&mut self, node: &Node) -> Option<Quote> {
        let quote = Quote::parse(&self.text(node)?);
        if quote.is_none() {
            let help = "quote the words as they stand, and mark what the finding is about: 前文⟦词⟧后文";
            self.mistake(node.span(), "exactly one stretch stands between ⟦ and ⟧", Some(help.to_string()));
        }
        quote
    }

    fn setting(&mut self, settings: &mut Settings, name: &str, node: &Node) {
        let part = &mut settings.part;
        match name {
            "files" => settings.files = self.globs(node),
            "extends" => settings.extends = self.text(node).map(|text| self.at(node.span(), text)),
            "rules" => part.packs = self.paths(node),
            "names" => part.names = self.paths(node),
            "measure" => part.measure = self.chosen(node, measures().iter().map(|known| known.name.as_str()), measure),
            "fail-on" => part.fail_on = self.chosen(node, GATES, Gate::named),
            "fail-over" => part.fail_over = self.rate(node),
            "levels" => part.levels = self.levels(node),
            _ => part.options = self.options(node),
        }
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        match node.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.mistake(node.span(), "a text is expected here", None);
                None
            }
        }
    }

    /// One text or an array of them.
    fn texts(&mut self, node: &Node) -> Vec<(String, Range<usize>)> {
        let one = std::slice::from_ref(node);
        let all = if let DeValue::Array(items) = node.get_ref() { items.as_ref() } else { one };
        all.iter().filter_map(|item| Some((self.text(item)?, item.span()))).collect()
    }

    fn paths(&mut self, node: &Node) -> Vec<At<std::path::PathBuf>> {
        let texts = self.texts(node);
        texts.into_iter().map(|(text, span)| self.at(span, self.file.folder.join(text))).collect()
    }

    fn globs(&mut self, node: &Node) -> Vec<Files> {
        let mut globs = Vec::new();
        for (text, span) in self.texts(node) {
            match Files::new(&text, &self.file.root) {
                Ok(files) => globs.push(files),
                Err(what) => self.mistake(span, format!("`{text}` is no glob: {what}"), None),
            }
        }
        globs
    }

    /// A value with one of several names.
    fn chosen<'n, T>(
        &mut self,
        node: &Node,
        names: impl IntoIterator<Item = &'n str> + Clone,
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let text = self.text(node)?;
        let value = named(&text);
        if value.is_none() {
            let all = names.clone().into_iter().collect::<Vec<_>>().join(", ");
            let help = did_you_mean(&text, names).unwrap_or_else(|| format!("use one of {all}"));
            self.mistake(node.span(), format!("unknown value `{text}`"), Some(help));
        }
        Some(self.at(node.span(), value?))
    }

    fn rate(&mut self, node: &Node) -> Option<At<f64>> {
        let rate = spot::json(node.get_ref()).as_f64().filter(|rate| rate.is_finite() && *rate >= 0.0);
        if rate.is_none() {
            self.mistake(node.span(), "a number of points per 10,000 characters is expected here, such as 3.0", None);
        }
        Some(self.at(node.span(), rate?))
    }

    fn levels(&mut self, node: &Node) -> Vec<(At<String>, Level)> {
        let names = Level::ALL.map(Level::name);
        let mut levels = Vec::new();
        for (name, node) in self.table(node) {
            levels.extend(self.chosen(node, names, Level::named).map(|level| (name, level.value)));
        }
        levels
    }

    fn options(&mut self, node: &Node) -> Vec<RuleOption> {
        let mut options = Vec::new();
        for (rule, node) in self.table(node) {
            for (key, node) in self.table(node) {
                self.regex(&key.value, node);
                let value = self.at(node.span(), self.option(&key.value, node));
                options.push(RuleOption {
                    rule: At::new(rule.value.clone(), rule.whence.clone()),
                    key: key.value,
                    value,
                });
            }
        }
        options
    }

    /// The rules of the built-in packs build their regular expressions late, so that one of a house is tried here.
    fn regex(&mut self, key: &str, node: &Node) {
        let DeValue::String(text) = node.get_ref() else { return };
        if let Some(error) = regex_syntax::parse(text).err().filter(|_| key == "regex") {
            let what = match &error {
                regex_syntax::Error::Parse(error) => error.kind().to_string(),
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => error.to_string(),
            };
            self.mistake(node.span(), format!("not a regular expression: {what}"), None);
        }
    }

    /// The value of an option. A `list` that stands beside the configuration is meant there.
    fn option(&self, key: &str, node: &Node) -> Value {
        let value = spot::json(node.get_ref());
        let list = value.as_str().filter(|_| key == "list").map(|name| self.file.root.join(name));
        match list.filter(|path| path.is_absolute() && path.is_file()) {
            Some(path) => Value::String(path.display().to_string()),
            None => value,
        }
    }

    fn table<'n, 't>(&mut self, node: &'n Node<'t>) -> Vec<(At<String>, &'n Node<'t>)> {
        let DeValue::Table(table) = node.get_ref() else {
            self.mistake(node.span(), "a table is expected here", None);
            return Vec::new();
        };
        table.iter().map(|(key, node)| (self.at(key.span(), key.get_ref().to_string()), node)).collect()
    }

    fn tables<'n, 't>(&mut self, node: &'n Node<'t>) -> Vec<(&'n Table<'t>, Range<usize>)> {
        let items = match node.get_ref() {
            DeValue::Array(items) => items.as_ref(),
            _ => std::slice::from_ref(node),
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((table, item.span())),
                _ => self.mistake(item.span(), "a table is expected here", None),
            }
        }
        tables
    }
}
