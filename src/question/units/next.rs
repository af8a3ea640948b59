//! The next unit, after another was asked about.

use super::UnitMention;
use super::names::DETERMINERS;
use crate::corpus::Corpus;
use crate::text::{self, Token};

/// "con cong an", without marks: "còn" and the next unit, and nobody's child.
pub fn is_asked_of_next(corpus: &Corpus, tokens: &[Token]) -> bool {
    let [first, rest @ ..] = tokens else {
        return false;
    };
    let unmarked = !tokens.iter().any(|token| token.marked);
    if !unmarked || first.fold != "con" {
        return false;
    }
    // "con xa me" is a child's; "con xa Loc An", "con cac xa" are places.
    let several = usize::from(
        rest.first()
            .is_some_and(|token| token.may_be_any(&DETERMINERS)),
    );
    let place = corpus.units.localities.longest_at_start(&rest[several..]);
    let named = |end: usize| {
        let after = &rest[several + end..];
        corpus.lexicon.home.longest_at_start(after).is_some()
    };
    let body = corpus.units.bodies.longest_at_start(rest);
    corpus.units.phrases.longest_at_start(rest).is_some()
        || body == Some(rest.len())
        || place.is_some_and(|end| several > 0 || named(end))
}

/// "còn phụ nữ?", "thế còn y tế thì sao" after the duties of another: the unit of that name, whose kind goes without
/// saying.
pub fn next_of_its_kind(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
) -> Option<UnitMention> {
    const KINDS: [&str; 4] = ["hội", "sở", "ban", "ủy ban"];
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    let start = match (word(0), word(1)) {
        ("còn", _) => 1,
        ("thế" | "vậy", "còn") => 2,
        _ => return None,
    };
    let then = restored.iter().position(|word| word == "thì");
    let end = then.unwrap_or(tokens.len());
    let name = tokens.get(start..end).filter(|name| !name.is_empty())?;
    let named = |kind: &&str| {
        let whole = [&text::tokenize(kind), name].concat();
        let found = corpus
            .units
            .phrases
            .find_longest(&whole)
            .into_iter()
            .next()?;
        (found.tokens.len() == whole.len()).then_some(*found.value)
    };
    let unit = KINDS.iter().find_map(named)?;
    Some(UnitMention {
        unit,
        tokens: start..end,
        included: false,
        gives: false,
    })
}
