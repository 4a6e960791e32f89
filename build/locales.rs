//! Turns the files of `locales/` into Rust and into a file of lines for each language. The Rust is a struct `Texts` with a field for each text,
//! which reads those lines, and a struct `LaterTexts` with a static for each language.
//!
//! English says which texts there are. What another language lacks, adds or fills differently is an error that names file and key.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{fs, io};

use toml::de::{DeTable, DeValue};

/// The language that says which texts there are, and with which placeholders.
const SOURCE: &str = "en-US";

/// The plural rules of CLDR for whole numbers, which are those of `Intl.PluralRules`: for each language its forms, and as Rust which
/// of them a count takes.
const PLURALS: [(&str, &[&str], &str); 2] =
    [("en", &["one", "other"], "|count| usize::from(count != 1)"), ("zh", &["other"], "|_| 0")];

/// All forms that a language of CLDR may have.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Groups of texts, or of lists of texts, that are looked up by an enum. A key is the variant's name in snake case.
const LOOKUPS: [(&str, &str); 9] = [
    ("cluster_status", "crate::domain::cluster::ClusterStatus"),
    ("columns", "crate::text::columns::Column"),
    ("statuses", "crate::domain::task::StatusKind"),
    ("runbook", "crate::domain::task::StatusKind"),
    ("afterwards", "crate::domain::task::StatusKind"),
    ("causes", "crate::text::causes::Cause"),
    ("kinds", "crate::domain::kinds::Kind"),
    ("deviations", "crate::domain::deviation::DeviationKind"),
    ("oddities", "crate::api::error::Oddity"),
];

/// The texts and groups that only the second wasm file shows (`src/view/lazy.rs`). They are a struct of their own, so that they are in that
/// file, too: 2.6 kB less in a first visit.
const LATER: [&str; 98] = [
    "cluster_status",
    "console",
    "keys",
    "failures",
    "nothing",
    "custom_range",
    "start",
    "apply",
    "clear",
    "copy_range",
    "range_format",
    "range_help",
    "range_meaning",
    "range_earlier",
    "range_later",
    "range_recent",
    "range_span",
    "range_empty",
    "start_missing",
    "end_missing",
    "end_before_start",
    "no_time",
    "time_skipped",
    "time_twice",
    "year_before",
    "month_before",
    "month_after",
    "year_after",
    "week",
    "week_start",
    "week_starts",
    "week_by_language",
    "time_zone",
    "zone_local",
    "zone_server",
    "zone_configured",
    "unknown_clock",
    "gone",
    "previous_task",
    "next_task",
    "cause",
    "unrecognized",
    "meaning",
    "what_to_do",
    "sql",
    "copy_sql",
    "copy_task_report",
    "causes",
    "runbook",
    "afterwards",
    "all_zones",
    "as_json",
    "copy_json",
    "copy_row",
    "cut",
    "copy_all",
    "copy_report",
    "changes",
    "change",
    "change_round",
    "change_destination",
    "change_name",
    "change_gone",
    "change_gone_from",
    "change_back",
    "change_backwards",
    "change_stalled",
    "change_moving",
    "more_changes",
    "more_tasks",
    "more_lines",
    "show_changes",
    "clocks",
    "contract",
    "made_at",
    "to_look_at",
    "next_steps",
    "delays_seen",
    "export_shown",
    "export_all",
    "copy_csv",
    "save_blocked",
    "copy_link",
    "refresh_every",
    "refresh_hurried",
    "refresh_past",
    "copy_markdown",
    "read_all",
    "read_again",
    "column_choice",
    "column_hint",
    "column_up",
    "column_down",
    "column_width",
    "width_fits",
    "comfortable",
    "compact",
    "reset",
];

/// A file of `locales/`.
pub struct Locale {
    /// Its path, for messages.
    path: String,
    /// The BCP 47 tag: the file's name.
    tag: String,
    /// Its rule of [`PLURALS`].
    plural: &'static str,
    /// All its texts, in the file's order.
    pub texts: Vec<Text>,
}

/// A key with what it stands for.
pub struct Text {
    /// As in `title`, or `columns.status` in a group.
    pub key: String,
    line: usize,
    value: Value,
}

enum Value {
    Words(String),
    /// By form of the plural, in the order of the language's rule.
    Forms(Vec<(String, String)>),
    List(Vec<String>),
    Number(u32),
}

/// The Rust, and for the tag of each language the lines that it reads.
pub type Generated = (String, Vec<(String, String)>);

/// The files of the folder `locales`, each its name, a language tag, and its TOML.
///
/// # Errors
///
/// What the file system says.
pub fn files(locales: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(locales)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((tag, fs::read_to_string(path)?));
        }
    }
    // In one order on every machine, so that the same wasm is built.
    files.sort();
    Ok(files)
}

/// Writes the Rust for files, each the tag of a language and its TOML, and the lines that it reads, for each tag.
///
/// # Errors
///
/// All mistakes of the files, a line each.
pub fn generate(files: &[(String, String)]) -> Result<Generated, Vec<String>> {
    let mut mistakes = Vec::new();
    let locales: Option<Vec<_>> = files.iter().map(|(tag, toml)| read(tag, toml, &mut mistakes)).collect();
    let Some(locales) = locales else { return Err(mistakes) };
    match locales.iter().find(|locale| locale.tag == SOURCE) {
        Some(source) => {
            for locale in locales.iter().filter(|locale| locale.tag != SOURCE) {
                compare(source, locale, &mut mistakes);
            }
            for text in &source.texts {
                if matches!(text.value, Value::Number(_)) && !is_later(&text.key) {
                    mistakes.push(format!(
                        "{}:{}: `{}` is a number: only those of LATER may be one",
                        source.path, text.line, text.key
                    ));
                }
            }
            let lines = locales.iter().map(|locale| (locale.tag.clone(), lines(source, locale)));
            if mistakes.is_empty() { Ok((write(source, &locales), lines.collect())) } else { Err(mistakes) }
        }
        None => Err(vec![format!("locales/{SOURCE}.toml is missing: it says which texts there are")]),
    }
}

/// Reads a file, and adds to `mistakes` what is wrong with it alone. `None` for one that is no TOML.
pub fn read(tag: &str, toml: &str, mistakes: &mut Vec<String>) -> Option<Locale> {
    let path = format!("locales/{tag}.toml");
    let mut texts = Vec::new();
    match DeTable::parse(toml) {
        Ok(table) => collect(&path, toml, "", table.get_ref(), &mut texts, mistakes),
        Err(error) => {
            let line = line_of(toml, error.span().unwrap_or_default().start);
            mistakes.push(format!("{path}:{line}: this is no TOML: {}", error.message()));
            return None;
        }
    }
    texts.sort_by_key(|text| text.line);
    let language = tag.split('-').next().unwrap_or_default();
    let rule = PLURALS.into_iter().find(|(known, ..)| *known == language);
    if rule.is_none() {
        mistakes.push(format!("{path}: `{language}` has no plural rule: add it to PLURALS in build/locales.rs"));
    }
    let (_, forms, plural) = rule.unwrap_or_default();
    for text in &mut texts {
        check_forms(&path, text, forms, mistakes);
        check_words(&path, text, mistakes);
    }
    Some(Locale { path, tag: tag.to_owned(), plural, texts })
}

/// Adds the texts of `table`, whose keys begin with `prefix`.
fn collect(
    path: &str,
    toml: &str,
    prefix: &str,
    table: &DeTable<'_>,
    texts: &mut Vec<Text>,
    mistakes: &mut Vec<String>,
) {
    for (name, value) in table {
        let line = line_of(toml, name.span().start);
        let key = format!("{prefix}{}", name.get_ref());
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !name.get_ref().starts_with(|c: char| c.is_ascii_lowercase()) || !name.get_ref().chars().all(is_name) {
            mistakes.push(format!("{path}:{line}: `{key}` is no key: write it in snake case, as in `last_hour`"));
            continue;
        }
        let value = match value.get_ref() {
            DeValue::String(words) => Some(Value::Words(words.to_string())),
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok().map(Value::Number),
            DeValue::Array(items) => {
                let items = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
                items.collect::<Option<_>>().map(Value::List)
            }
            DeValue::Table(forms) if forms.keys().all(|form| FORMS.contains(&&**form.get_ref())) => {
                let words = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
                let forms =
                    forms.iter().map(|(form, value)| Some((form.get_ref().to_string(), words(value.get_ref())?)));
                forms.collect::<Option<_>>().map(Value::Forms)
            }
            DeValue::Table(group) if prefix.is_empty() => {
                collect(path, toml, &format!("{key}."), group, texts, mistakes);
                continue;
            }
            _ => None,
        };
        match value {
            Some(value) => texts.push(Text { key, line, value }),
            None => {
                mistakes.push(format!("{path}:{line}: `{key}` is no text: write it as \"text\", or as [\"a\", \"b\"]"));
            }
        }
    }
}

fn line_of(toml: &str, place: usize) -> usize {
    toml.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
}

/// Puts the forms of the plural into the order of `forms`, which are all that the language has.
fn check_forms(path: &str, text: &mut Text, forms: &[&str], mistakes: &mut Vec<String>) {
    let Value::Forms(given) = &mut text.value else { return };
    let place = |form: &str| forms.iter().position(|known| *known == form);
    given.sort_by_key(|(form, _)| place(form));
    let given: Vec<_> = given.iter().map(|(form, _)| form.as_str()).collect();
    if given != forms && !forms.is_empty() {
        let (line, key) = (text.line, &text.key);
        let wanted: Vec<_> = forms.iter().map(|form| format!("`{key}.{form}`")).collect();
        mistakes.push(format!("{path}:{line}: `{key}` must have the forms {}, and no others", wanted.join(", ")));
    }
}

/// Checks that no text is empty, that each is one line, and that braces hold names.
fn check_words(path: &str, text: &Text, mistakes: &mut Vec<String>) {
    for words in text.value.words() {
        let (line, key) = (text.line, &text.key);
        if words.is_empty() {
            mistakes.push(format!("{path}:{line}: `{key}` is empty: write its text"));
        }
        if words.contains(char::is_control) {
            mistakes.push(format!("{path}:{line}: `{key}` has a line break or a tab: write it in one line"));
        }
        if placeholders(words).is_none() {
            mistakes.push(format!(
                "{path}:{line}: `{key}` has a brace that holds no name: write {{name}}, in small letters"
            ));
        }
    }
}

/// Adds to `mistakes` where `locale` has not the texts of `source`, with the same placeholders.
fn compare(source: &Locale, locale: &Locale, mistakes: &mut Vec<String>) {
    let path = &locale.path;
    for text in &source.texts {
        if !locale.texts.iter().any(|other| other.key == text.key) {
            let (key, origin, line) = (&text.key, &source.path, text.line);
            mistakes.push(format!("{path}: `{key}` is missing: translate it from {origin}:{line}"));
        }
    }
    for text in &locale.texts {
        let (line, key) = (text.line, &text.key);
        let Some(origin) = source.texts.iter().find(|other| other.key == *key) else {
            mistakes.push(format!("{path}:{line}: {} has no `{key}`: correct the key, or take it away", source.path));
            continue;
        };
        let origin_at = format!("{}:{}", source.path, origin.line);
        if text.value.kind() != origin.value.kind() {
            let (is, should) = (text.value.kind(), origin.value.kind());
            mistakes
                .push(format!("{path}:{line}: `{key}` is {is}, but {should} in {origin_at}: write it the same way"));
            continue;
        }
        let (has, should) = (text.placeholders(), origin.placeholders());
        for name in should.difference(&has) {
            mistakes.push(format!("{path}:{line}: `{key}` lacks {{{name}}}, which {origin_at} has: add it"));
        }
        for name in has.difference(&should) {
            mistakes.push(format!("{path}:{line}: `{key}` has {{{name}}}, which {origin_at} lacks: take it away"));
        }
    }
}

impl Text {
    /// The names in braces in any of its forms. One form may say its count in a word: "the only task".
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.value.words().into_iter().filter_map(placeholders).flatten().collect()
    }
}

impl Value {
    /// All its texts.
    fn words(&self) -> Vec<&str> {
        match self {
            Self::Words(words) => vec![words],
            Self::Forms(forms) => forms.iter().map(|(_, words)| words.as_str()).collect(),
            Self::List(items) => items.iter().map(String::as_str).collect(),
            Self::Number(_) => Vec::new(),
        }
    }

    fn kind(&self) -> String {
        match self {
            Self::Words(_) => "a text".to_owned(),
            Self::Forms(_) => "a text with forms of the plural".to_owned(),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::Number(_) => "a number".to_owned(),
        }
    }

    fn rust_type(&self) -> String {
        match self {
            Self::Words(_) => "&'static str".to_owned(),
            Self::Forms(_) => "Forms".to_owned(),
            Self::List(items) => format!("[&'static str; {}]", items.len()),
            Self::Number(_) => "u32".to_owned(),
        }
    }

    fn rust(&self) -> String {
        match self {
            Self::Words(words) => format!("{words:?}"),
            Self::Forms(_) => format!("Forms({:?})", self.words().join("\t")),
            Self::List(items) => format!("{items:?}"),
            Self::Number(number) => number.to_string(),
        }
    }

    /// As in a file of lines.
    fn lines(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Forms(_) => self.words().join("\t"),
            Self::List(items) => items.join("\n"),
            Self::Number(number) => number.to_string(),
        }
    }

    /// Rust for the same without its words.
    fn blank(&self) -> String {
        match self {
            Self::Words(_) => "\"\"".to_owned(),
            Self::Forms(_) => "Forms(\"\")".to_owned(),
            Self::List(items) => format!("[\"\"; {}]", items.len()),
            Self::Number(_) => "0".to_owned(),
        }
    }
}

/// The names in braces in `words`; `None` where a brace holds no name.
pub fn placeholders(words: &str) -> Option<Vec<&str>> {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut parts = words.split('{');
    let start = parts.next().unwrap_or_default();
    let names = parts.map(|part| part.split_once('}').filter(|(name, rest)| is_name(name) && !rest.contains('}')));
    let names: Option<Vec<_>> = names.map(|part| part.map(|(name, _)| name)).collect();
    names.filter(|_| !start.contains('}'))
}

/// Whether the text `key`, or the group that it is in, is one of [`LATER`].
fn is_later(key: &str) -> bool {
    LATER.contains(&key.split('.').next().unwrap_or_default())
}

/// The texts of each group, those of none first, each with its name in the group: those of [`LATER`], or the others.
fn grouped(locale: &Locale, later: bool) -> Vec<(&str, Vec<(&str, &Text)>)> {
    let mut groups: Vec<(&str, Vec<_>)> = vec![("", Vec::new())];
    for text in &locale.texts {
        if is_later(&text.key) != later {
            continue;
        }
        let (group, name) = text.key.split_once('.').unwrap_or(("", &text.key));
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, texts)) => texts.push((name, text)),
            None => groups.push((group, vec![(name, text)])),
        }
    }
    groups
}

/// The first line of all languages: a hash of which texts there are, in which order, and of what they are filled with.
fn build_id(source: &Locale) -> String {
    let mut hasher = DefaultHasher::new();
    for (group, texts) in grouped(source, false) {
        for (name, text) in texts {
            (group, name, text.value.kind(), text.placeholders()).hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
}

/// The texts of `locale` that are not [`LATER`], in the order in which the Rust for `source` reads them.
fn lines(source: &Locale, locale: &Locale) -> String {
    let texts = grouped(source, false).into_iter().flat_map(|(_, texts)| texts);
    let lines = texts.filter_map(|(_, text)| locale.texts.iter().find(|other| other.key == text.key));
    let lines: Vec<_> = [build_id(source)].into_iter().chain(lines.map(|text| text.value.lines())).collect();
    lines.join("\n")
}

/// Writes the structs, as `source` has them, and what is of each of `locales`.
fn write(source: &Locale, locales: &[Locale]) -> String {
    let mut out = "// Written by build/locales.rs from the files of locales/.\n".to_owned();
    let first = grouped(source, false);
    write_root(
        &mut out,
        "Texts",
        "All texts of the panel in one language, but for those of [`LaterTexts`].",
        &first,
        "    /// Which of the [`Forms`] a count takes.\n    pub plural: fn(u64) -> usize,",
    );
    write_reading(&mut out, &build_id(source), &first);
    let later = grouped(source, true);
    write_root(
        &mut out,
        "LaterTexts",
        "The texts that only the second wasm file shows. It gives the others, too.",
        &later,
        "    /// The language of the others.\n    pub locale: crate::text::locale::Locale,",
    );
    put(&mut out, "\nimpl std::ops::Deref for LaterTexts {\n    type Target = Texts;\n");
    put(&mut out, "    fn deref(&self) -> &Texts {\n        self.locale.texts()\n    }\n}");
    for (group, kind) in LOOKUPS {
        let texts = first.iter().chain(&later).find(|(known, _)| *known == group);
        write_lookup(&mut out, group, kind, texts.map_or(&[][..], |(_, texts)| texts));
    }
    for locale in locales {
        let name = locale.tag.replace('-', "_").to_uppercase();
        let (path, tag, plural) = (&locale.path, &locale.tag, locale.plural);
        put(&mut out, format_args!("\n/// What is of `{path}`."));
        put(
            &mut out,
            format_args!("pub(super) const {name}: Source = Source {{ lines: lines!(\"{tag}\"), plural: {plural} }};"),
        );
        put(&mut out, format_args!("\n/// The later texts of `{path}`."));
        put(&mut out, format_args!("pub(super) static {name}_LATER: LaterTexts = LaterTexts {{"));
        write_values(&mut out, &grouped(locale, true), Value::rust);
        put(
            &mut out,
            format_args!("    locale: crate::text::locale::Locale::{},\n}};", camel_case(&name.to_lowercase())),
        );
    }
    out
}

/// Writes the struct `name` with a field for each text and group, and `last`; before it a struct for each group.
fn write_root(out: &mut String, name: &str, about: &str, groups: &[(&str, Vec<(&str, &Text)>)], last: &str) {
    for (group, texts) in groups.iter().filter(|(group, _)| !group.is_empty()) {
        let about = format!("The texts `{group}`.");
        write_struct(out, &type_name(group), &about, texts, "");
    }
    let texts = groups.iter().find(|(group, _)| group.is_empty()).map_or(&[][..], |(_, texts)| texts);
    let mut fields = String::new();
    for (group, _) in groups.iter().filter(|(group, _)| !group.is_empty()) {
        put(&mut fields, format_args!("    /// See [`{0}`].\n    pub {group}: {0},", type_name(group)));
    }
    write_struct(out, name, about, texts, &(fields + last));
}

fn write_struct(out: &mut String, name: &str, about: &str, texts: &[(&str, &Text)], fields: &str) {
    put(out, format_args!("\n/// {about}\n#[derive(Debug)]\npub struct {name} {{"));
    for (name, text) in texts {
        let words = match text.value {
            Value::Number(number) => number.to_string(),
            _ => text.value.words().join(" / ").replace('`', "'").replace('\n', " "),
        };
        put(out, format_args!("    /// `{words}`\n    pub {name}: {},", text.value.rust_type()));
    }
    put(out, format_args!("{fields}\n}}"));
}

/// Writes a `match` that has a text, or a list of texts, for each variant. The compiler shows the comments in it where one is missing or
/// unknown.
fn write_lookup(out: &mut String, group: &str, kind: &str, texts: &[(&str, &Text)]) {
    let (name, path) = (type_name(group), format!("locales/{SOURCE}.toml"));
    let are_lists = texts.iter().any(|(_, text)| matches!(text.value, Value::List(_)));
    // The lists of a group have lengths of their own, so they are borrowed as slices.
    let (found, result, borrow) =
        if are_lists { ("texts", "&[&'static str]", "&") } else { ("text", "&'static str", "") };
    put(out, format_args!("\nimpl {name} {{\n    /// The {found} for `kind`.\n    #[must_use]"));
    put(out, format_args!("    pub fn of(&self, kind: {kind}) -> {result} {{\n        use {kind} as Kind;"));
    put(
        out,
        format_args!(
            "        match kind {{ // A variant without a text? Add `{group}.<variant_in_snake_case>` to all files of locales/."
        ),
    );
    for (name, text) in texts {
        let variant = camel_case(name);
        put(
            out,
            format_args!(
                "            Kind::{variant} => {borrow}self.{name}, // No such variant? Correct `{}` at {path}:{}.",
                text.key, text.line
            ),
        );
    }
    put(out, "        }\n    }\n}");
}

/// Writes how `Texts` reads its lines. A loop over the places of all fields is a quarter of the code that reads each field for itself.
fn write_reading(out: &mut String, build_id: &str, groups: &[(&str, Vec<(&str, &Text)>)]) {
    let (mut lists, mut places) = (String::new(), Vec::new());
    for (group, texts) in groups {
        for (name, text) in texts {
            let field = if group.is_empty() { format!("self.{name}") } else { format!("self.{group}.{name}") };
            match &text.value {
                Value::Words(_) => places.push(format!("&mut {field}")),
                // Refused by `generate`.
                Value::Number(_) => {}
                Value::Forms(_) => places.push(format!("&mut {field}.0")),
                Value::List(items) => {
                    let items: Vec<_> = (0..items.len()).map(|index| format!("{name}_{index}")).collect();
                    put(&mut lists, format_args!("        let [{}] = &mut {field};", items.join(", ")));
                    places.extend(items);
                }
            }
        }
    }
    put(out, "\nimpl Texts {\n    /// The texts before they are read.\n    const BLANK: Self = Self {");
    write_values(out, groups, Value::blank);
    put(out, "    plural: |_| 0,\n    };");
    put(out, "\n    /// Reads the lines of a language; `None` for those of another build.");
    put(out, "    fn read(lines: &'static str, plural: fn(u64) -> usize) -> Option<Self> {");
    put(out, "        let mut lines = lines.split('\\n');");
    put(out, format_args!("        if lines.next() != Some(\"{build_id}\") {{\n            return None;\n        }}"));
    put(out, "        let mut texts = Self { plural, ..Self::BLANK };");
    put(
        out,
        "        for (place, line) in texts.places().into_iter().zip(lines) {\n            *place = line;\n        }",
    );
    put(out, "        Some(texts)\n    }");
    put(out, format_args!("\n    fn places(&mut self) -> [&mut &'static str; {}] {{", places.len()));
    put(out, format_args!("{lists}        [{}]\n    }}\n}}", places.join(", ")));
}

fn write_values(out: &mut String, groups: &[(&str, Vec<(&str, &Text)>)], rust: fn(&Value) -> String) {
    for (group, texts) in groups {
        if !group.is_empty() {
            put(out, format_args!("    {group}: {} {{", type_name(group)));
        }
        for (name, text) in texts {
            put(out, format_args!("    {name}: {},", rust(&text.value)));
        }
        if !group.is_empty() {
            put(out, "    },");
        }
    }
}

/// Adds a line. Writing to a string does not fail.
fn put(out: &mut String, line: impl Display) {
    _ = writeln!(out, "{line}");
}

/// `ColumnsTexts` for `columns`.
fn type_name(group: &str) -> String {
    camel_case(group) + "Texts"
}

/// `last_hour` as `LastHour`.
fn camel_case(name: &str) -> String {
    let words = name
        .split('_')
        .map(|word| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default());
    words.collect()
}
