//! The papers of the repository: a paper and its translation say the same in the same places, links lead somewhere, and the README is short.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Component, Path, PathBuf};

use markdown::mdast::Node;
use markdown::{ParseOptions, to_mdast};
use serde_json::Value;

/// What the name of a Chinese paper ends with, after the name of the English one.
const CHINESE: &str = ".zh-CN.md";
/// Two screens.
const README_LINES: usize = 90;
const README_BYTES: usize = 6000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The papers of the repository by their paths in it, with their texts.
fn papers() -> BTreeMap<PathBuf, String> {
    fn collect(dir: &Path, papers: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
            let is_made = ["target", "dist", "node_modules", "test-results", "playwright-report"].contains(&&*name);
            if entry.file_type().unwrap().is_dir() {
                if !is_made && !name.starts_with('.') {
                    collect(&path, papers);
                }
            } else if path.extension().is_some_and(|extension| extension == "md") {
                papers.insert(path.strip_prefix(root()).unwrap().to_owned(), fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut papers = BTreeMap::new();
    collect(root(), &mut papers);
    assert!(papers.contains_key(Path::new("README.md")) && papers.contains_key(Path::new("docs/embedding.md")));
    papers
}

/// The English path of a Chinese paper.
fn english_of(path: &Path) -> Option<PathBuf> {
    Some(PathBuf::from(path.to_str()?.strip_suffix(CHINESE)?.to_owned() + ".md"))
}

fn parse(text: &str) -> Node {
    to_mdast(text, &ParseOptions::gfm()).unwrap()
}

fn children(node: &Node) -> impl Iterator<Item = &Node> {
    node.children().into_iter().flatten()
}

/// All nodes below `node`, in the order of the text.
fn below<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    for child in children(node) {
        found.push(child);
        below(child, found);
    }
}

fn all_below(node: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    below(node, &mut found);
    found
}

/// Numbers of three characters or more. Shorter ones may be words in one of the languages.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    runs.map(|run| run.trim_matches(['.', ','])).filter(|run| run.len() > 2)
}

/// The address of a link, whatever the language of the paper and of the heading that it leads to.
fn target(url: &str) -> String {
    if url.contains("://") {
        return url.to_owned();
    }
    let (path, heading) = url.split_once('#').map_or((url, ""), |(path, _)| (path, "#"));
    path.replace(CHINESE, ".md") + heading
}

/// What any language must have of a piece of text: the code in it, its links, its pictures and its numbers, in any order.
fn facts(node: &Node) -> String {
    let mut facts: Vec<String> = Vec::new();
    for node in all_below(node) {
        match node {
            Node::InlineCode(code) => facts.push(format!("`{}`", code.value.replace('\n', " "))),
            Node::Link(link) => facts.push(format!("({})", target(&link.url))),
            Node::Image(image) => facts.push(format!("!({})", image.url)),
            Node::Text(text) => facts.extend(numbers(&text.value).map(str::to_owned)),
            _ => {}
        }
    }
    facts.sort_unstable();
    facts.join(" ")
}

/// A line for each part of a paper below its line of languages: what it is, and what any language must have of it.
fn outline(text: &str) -> Vec<String> {
    fn add(node: &Node, lines: &mut Vec<String>) {
        match node {
            Node::Heading(heading) => lines.push(format!("heading {} {}", heading.depth, facts(node))),
            Node::Paragraph(_) => lines.push(format!("paragraph {}", facts(node))),
            Node::Code(code) => lines.push(format!("code {:?} {:?}", code.lang, code.value)),
            Node::TableRow(_) => {
                lines.push(children(node).fold("row".to_owned(), |mut row, cell| {
                    write!(row, " | {}", facts(cell)).unwrap();
                    row
                }));
            }
            Node::List(_) | Node::ListItem(_) | Node::Table(_) | Node::Blockquote(_) => {
                let kind = match node {
                    Node::List(_) => "list",
                    Node::ListItem(_) => "item",
                    Node::Table(_) => "table",
                    _ => "quote",
                };
                lines.push(kind.to_owned());
                children(node).for_each(|child| add(child, lines));
            }
            other => panic!("not yet compared between languages: {other:?}"),
        }
    }
    let mut lines = Vec::new();
    let tree = parse(text);
    assert!(matches!(children(&tree).next(), Some(Node::Paragraph(_))), "the first line has the languages");
    children(&tree).skip(1).for_each(|node| add(node, &mut lines));
    lines
}

/// Where two papers that should say the same part, if they do.
fn difference(english: &str, chinese: &str) -> Option<String> {
    let (one, other) = (outline(english), outline(chinese));
    let end = one.len().min(other.len());
    let at = (0..end).find(|&at| one[at] != other[at]).or((one.len() != other.len()).then_some(end))?;
    let after = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "the end".to_owned());
    Some(format!("in part {at}:\nEnglish: {}\nChinese: {}", after(&one), after(&other)))
}

#[test]
fn a_paper_and_its_translation_have_the_same_parts() {
    let papers = papers();
    let pairs: Vec<_> = papers.keys().filter_map(|path| Some((english_of(path)?, path))).collect();
    assert!(pairs.len() > 2);
    let differ = pairs.iter().filter_map(|(path, translation)| {
        let english = papers.get(path).unwrap_or_else(|| panic!("{} is of no paper", translation.display()));
        let difference = difference(english, &papers[*translation])?;
        Some(format!("\n{} and {} differ {difference}", path.display(), translation.display()))
    });
    let differ: String = differ.collect();
    assert!(differ.is_empty(), "{differ}");
}

#[test]
fn a_paper_and_its_translation_link_to_each_other_in_the_first_line() {
    let papers = papers();
    for (path, text) in &papers {
        let Some(english) = english_of(path) else { continue };
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(text.lines().next().unwrap(), format!("[English]({}) | 中文", name(&english)));
        assert_eq!(papers[&english].lines().next().unwrap(), format!("English | [中文]({})", name(path)));
    }
}

#[test]
fn what_is_missing_in_one_language_is_noticed() {
    let paper = "English | [中文](a.zh-CN.md)\n\n# A\n\nIt waits `5` for 2,000 tasks.\n\n## B\n\n| a | b |\n| --- | --- |\n| `x` | [y](c.md) |\n| z | |\n\n\
        - one\n- two\n\n```sh\nrun\n```\n";
    assert_eq!(difference(paper, &paper.replace("waits", "等待").replace("(c.md)", "(c.zh-CN.md)")), None);
    for (part, without) in [
        ("| z | |\n", ""),
        ("| `x` |", "| `w` |"),
        ("| `x` |", "| x |"),
        ("(c.md)", "(d.md)"),
        ("## B", "### B"),
        ("## B\n\n", ""),
        ("`5`", "5"),
        ("2,000", "200"),
        ("- two\n", ""),
        ("run", "walk"),
        ("```sh", "```js"),
    ] {
        assert!(paper.contains(part), "{part:?}");
        assert!(difference(paper, &paper.replacen(part, without, 1)).is_some(), "{part:?}");
    }
    // Any row of the tables that embedders read, and any column.
    let papers = papers();
    let (english, chinese) = (&papers[Path::new("docs/embedding.md")], &papers[Path::new("docs/embedding.zh-CN.md")]);
    let rows: Vec<_> = chinese.lines().filter(|line| line.starts_with("| `")).collect();
    assert!(rows.len() > 50);
    for row in rows.iter().step_by(7) {
        assert!(difference(english, &chinese.replacen(&format!("{row}\n"), "", 1)).is_some(), "{row}");
    }
}

#[test]
fn the_readme_is_two_screens_in_each_language() {
    for (path, text) in papers() {
        if path.parent() == Some(Path::new("")) && path.to_str().unwrap().starts_with("README") {
            let (lines, bytes) = (text.lines().count(), text.len());
            assert!(lines <= README_LINES && bytes <= README_BYTES, "{}: {lines} lines, {bytes} bytes", path.display());
        }
    }
}

/// The names by which GitHub's links lead to the headings of a paper.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for node in all_below(&parse(text)) {
        let Node::Heading(_) = node else { continue };
        let title = all_below(node).into_iter().fold(String::new(), |title, node| match node {
            Node::Text(text) => title + &text.value,
            Node::InlineCode(code) => title + &code.value,
            _ => title,
        });
        let kept =
            title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c)).collect::<String>();
        let anchor = kept.replace(' ', "-");
        let again = (1..).map(|turn| format!("{anchor}-{turn}"));
        let free = [anchor.clone()].into_iter().chain(again).find(|anchor| !anchors.contains(anchor)).unwrap();
        anchors.insert(free);
    }
    anchors
}

/// `path` without `..`, where it stays in the repository.
fn tidy(path: &Path) -> Option<PathBuf> {
    path.components().try_fold(PathBuf::new(), |mut tidy, part| {
        match part {
            Component::Normal(name) => tidy.push(name),
            Component::ParentDir => return tidy.pop().then_some(tidy),
            _ => {}
        }
        Some(tidy)
    })
}

#[test]
fn every_link_between_papers_leads_somewhere() {
    let papers = papers();
    for (path, text) in &papers {
        for node in all_below(&parse(text)) {
            let (Node::Link(markdown::mdast::Link { url, .. }) | Node::Image(markdown::mdast::Image { url, .. })) =
                node
            else {
                continue;
            };
            if url.contains("://") || url.starts_with("mailto:") {
                continue;
            }
            let said = format!("{}: ({url})", path.display());
            let (file, heading) = url.split_once('#').map_or((&**url, None), |(file, heading)| (file, Some(heading)));
            let to = if file.is_empty() { Some(path.clone()) } else { tidy(&path.parent().unwrap().join(file)) };
            let to = to.unwrap_or_else(|| panic!("{said} leads out of the repository"));
            assert!(root().join(&to).exists(), "{said} leads to no file");
            if let Some(heading) = heading {
                let anchors = papers.get(&to).map(|text| anchors(text)).unwrap_or_default();
                assert!(anchors.contains(heading), "{said} leads to no heading; there are {anchors:?}");
            }
            // Who reads Chinese goes on in Chinese, but for the link to the same paper in English.
            if let (Some(own), Some(name)) = (english_of(path), to.to_str().and_then(|to| to.strip_suffix(".md"))) {
                let chinese = PathBuf::from(name.to_owned() + CHINESE);
                assert!(to == own || !papers.contains_key(&chinese), "{said} has a Chinese one: {}", chinese.display());
            }
        }
    }
}

#[test]
fn the_papers_for_embedders_say_what_element_json_says() {
    let papers = papers();
    let facts: Value = serde_json::from_str(include_str!("../../package/element.json")).unwrap();
    for list in ["attributes", "members", "events", "customProperties"] {
        for fact in facts[list].as_array().unwrap() {
            for field in ["absent", "meaning", "when", "note"] {
                for (said, paper) in
                    [(&fact[field], "docs/embedding.md"), (&fact["zh"][field], "docs/embedding.zh-CN.md")]
                {
                    assert_eq!(said.is_string(), fact[field].is_string(), "{field} of {fact}");
                    let said = said.as_str().unwrap_or_default().replace('|', "\\|");
                    assert!(
                        papers[Path::new(paper)].contains(&said),
                        "{paper} lacks “{said}”: run `cargo xtask facts`"
                    );
                }
            }
        }
    }
}
