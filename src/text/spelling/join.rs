//! A space too many: `trá ch`, `n hiệm`.

use super::super::{Repair, Token, canonical_tone, is_folded_syllable};
use super::evidence::{self, Neighbours};
use super::vocabulary::Vocabulary;
use super::{has_letters_only, is_known, is_open};

/// The word that `token` and the next are together, when the vocabulary has it and the two are
/// pieces: both unknown or short, one of them no syllable. A sound word takes a stray piece to
/// itself only if the whole also fits a neighbour; a word of two or three letters must fit both.
pub(super) fn mend(
    before: Option<&Token>,
    token: &Token,
    after: &[Token],
    vocabulary: &Vocabulary,
) -> Option<Token> {
    let next = after.first()?;
    if ![token, next]
        .into_iter()
        .any(|piece| is_fragment(piece, vocabulary))
    {
        return None;
    }
    let whole = join(token, next)?;
    let known = evidence::known(&whole, vocabulary).filter(|_| is_known(&whole, vocabulary))?;
    let neighbours = Neighbours::new(before, after.get(1), vocabulary);
    let pieces = [token, next]
        .into_iter()
        .all(|piece| is_short(piece) || is_open(piece, vocabulary));
    let sides = neighbours.pairs(known, vocabulary).sides();
    let fits = if whole.word.chars().count() > 3 {
        pieces || sides > 0
    } else {
        sides == 2
    };
    fits.then_some(whole)
}

fn join(token: &Token, next: &Token) -> Option<Token> {
    if [token, next]
        .into_iter()
        .any(|piece| piece.repair.is_some() || !has_letters_only(piece))
    {
        return None;
    }
    let word = format!("{}{}", token.word, next.word);
    let word = canonical_tone(&word).into_owned();
    Some(Token::new(
        token.span.start..next.span.end,
        word,
        Some(Repair::Joined),
    ))
}

fn is_short(token: &Token) -> bool {
    token.word.chars().count() <= 2
}

/// Unknown, and no syllable by itself.
fn is_fragment(token: &Token, vocabulary: &Vocabulary) -> bool {
    !is_folded_syllable(&token.fold) && is_open(token, vocabulary)
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let tokens = tokenize(text);
        let joined = mend(None, &tokens[0], &tokens[1..], &vocabulary());
        assert_eq!(
            joined.as_ref().map(|token| token.word.as_str()),
            expect,
            "{text}"
        );
        if let Some(joined) = joined {
            assert_eq!(joined.span, tokens[0].span.start..tokens[1].span.end);
        }
    }

    #[test]
    fn joins() {
        check("trá ch nhiệm", Some("trách"));
        check("n hiệm vụ", Some("nhiệm"));
        check("t re em", None);
        check("giá o dục", None);
        check("tr ẻ", None);
        check("trẻ em", None);
        check("28 ct", None);
        check("chi th", None);
        check("được g", None);
    }
}
