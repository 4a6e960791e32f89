//! What a renderer makes of the Markdown, by the grammar of GitHub: nothing but the text.

use log_backup_panel::text::markdown::escape;
use markdown::mdast::Node;
use markdown::{ParseOptions, to_mdast};
use proptest::prelude::*;

use super::fuzz::cases;

/// Collects the text that a reader sees: all of it in `seen`, and what is not code in `plain`. Fails on what is no text.
fn read(node: &Node, seen: &mut String, plain: &mut String) -> Result<(), String> {
    match node {
        Node::Text(text) => {
            plain.push_str(&text.value);
            seen.push_str(&text.value);
        }
        Node::InlineCode(code) => {
            plain.push(' ');
            seen.push_str(&code.value);
        }
        Node::Root(_)
        | Node::List(_)
        | Node::ListItem(_)
        | Node::Paragraph(_)
        | Node::Table(_)
        | Node::TableRow(_)
        | Node::TableCell(_) => {}
        other => return Err(format!("{other:?}")),
    }
    node.children().into_iter().flatten().try_for_each(|child| read(child, seen, plain))
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Fails where a renderer shows something else than `text`, in an item of a list or in a cell of a table.
fn check(text: &str) -> Result<(), String> {
    let escaped = escape(text);
    let item = ["- ", &*escaped, "\n- end"].concat();
    let cell = ["| a | b |\n| --- | --- |\n| ", &*escaped.replace('|', "\\|"), " | end |"].concat();
    for (source, before) in [(item, ""), (cell, "ab")] {
        let tree = to_mdast(&source, &ParseOptions::gfm()).map_err(|error| error.to_string())?;
        let (mut seen, mut plain) = (String::new(), String::new());
        read(&tree, &mut seen, &mut plain).map_err(|node| format!("{text:?} is in {source:?} {node}"))?;
        let expected = [before, &*without_spaces(text), "end"].concat();
        if without_spaces(&seen) != expected || tree.children().map(Vec::len) != Some(1) {
            return Err(format!("{text:?} is shown as {seen:?} in {source:?}"));
        }
        // Sites look for these in the text, when the escapes are gone.
        if let Some(live) = ["://", "www.", "@", "#"].iter().find(|live| plain.contains(**live)) {
            return Err(format!("{live} is live in {source:?}"));
        }
    }
    Ok(())
}

#[test]
fn what_is_live_becomes_code_and_the_rest_stays() {
    for (text, escaped) in [
        ("![x](https://evil.example/p.png) see", "`![x](https://evil.example/p.png)` see"),
        ("[y z](q) ![x](p)", r"\[y z](q) !\[x](p)"),
        ("put http://evil.example, then", "put `http://evil.example,` then"),
        ("HTTPS://evil.example", "`HTTPS://evil.example`"),
        ("see www.evil.example/x", "see `www.evil.example/x`"),
        ("see evil.example", "see `evil.example`"),
        ("ask @team, @org/team or a@b.example", "ask `@team,` `@org/team` or `a@b.example`"),
        ("as in #1, org/x#2 and !3", "as in `#1,` `org/x#2` and `!3`"),
        ("mailto:a xmpp:b", "`mailto:a` `xmpp:b`"),
        ("&commat;team &#64;team &lt;b>", "`&commat;team` `&#64;team` `&lt;b>`"),
        ("`z` ``` <img>", r"\`z\` \`\`\` &lt;img>"),
        ("@a`b``c", "```@a`b``c```"),
        ("`@a`", "`` `@a` ``"),
        (r"a\b \`@x", r"a\\b ``\`@x``"),
        ("a | @b|#c", "a | `@b`|`#c`"),
        ("*a* access_key=*** ~~b~~ _c_ tenant_1 __init__", "`*a*` `access_key=***` `~~b~~` `_c_` tenant_1 `__init__`"),
        ("> a", "`>` a"),
        ("1. a", "`1.` a"),
        ("--- a - b", "`---` a - b"),
        ("one\ntwo", "one two"),
        ("1.5 s, 100 % of 2021-09-23 14:34:35.149", "1.5 s, 100 % of 2021-09-23 14:34:35.149"),
        ("失败：@team　http://e", "`失败：@team`　`http://e`"),
    ] {
        assert_eq!(escape(text), escaped);
        check(text).unwrap();
    }
}

/// Signs that mean something to a renderer, and what they are about.
fn hostile() -> impl Strategy<Value = String> {
    let signs = [
        "http://",
        "www.",
        "a.example",
        "@",
        "#",
        "!",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        ";",
        "lt",
        "`",
        "``",
        "```",
        "|",
        "\\",
        "*",
        "**",
        "_",
        "~~",
        "-",
        "=",
        "+",
        "1",
        ".",
        ":",
        "^",
        "$",
        " ",
        " ",
        "\t",
        "\n",
        "\u{a0}",
        "x",
        "<b>",
        "<!--",
        "中",
        "。",
        "\"",
        "'",
        "mailto:",
    ];
    prop::collection::vec(prop::sample::select(signs.to_vec()), 0..12).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_stands_in_it_is_shown_and_nothing_else(text in hostile()) {
        prop_assert_eq!(check(&text), Ok(()));
    }
}
