//! A letter held down: `đượccc`, `quáaaa`.

use super::super::roman::roman;
use super::super::{Repair, Token, canonical_tone, fold, is_folded_syllable};
use super::vocabulary::Vocabulary;

/// The word with runs of three and more of a letter cut to one, or else to two, if that is a known
/// syllable: numbers like 2000 and III stay, though documents have parts II.
pub(super) fn mend(token: &Token, vocabulary: &Vocabulary) -> Option<Token> {
    let letters: Vec<(char, String)> = token
        .word
        .chars()
        .map(|c| (c, fold(c.encode_utf8(&mut [0; 4]))))
        .collect();
    if roman(&token.word).is_some()
        || !letters
            .windows(3)
            .any(|run| run[0].1 == run[1].1 && run[1].1 == run[2].1)
    {
        return None;
    }
    [1, 2]
        .into_iter()
        .map(|keep| token.repaired(cut(&letters, keep), Repair::Repeated))
        .find(|mended| {
            mended.fold.len() > 1
                && is_folded_syllable(&mended.fold)
                && super::is_known(mended, vocabulary)
        })
}

/// Letters that fold alike are one run; of a run that is cut, a marked letter stays before plain ones.
fn cut(letters: &[(char, String)], keep: usize) -> String {
    let mut word = String::new();
    for run in letters.chunk_by(|a, b| a.1 == b.1) {
        if run.len() < 3 {
            word.extend(run.iter().map(|(c, _)| c));
        } else {
            let marked = run.iter().map(|(c, _)| *c).find(|c| !c.is_ascii());
            word.extend(std::iter::repeat_n(marked.unwrap_or(run[0].0), keep));
        }
    }
    canonical_tone(&word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: Option<&str>) {
        let mended = mend(&tokenize(word)[0], &vocabulary());
        assert_eq!(mended.map(|token| token.word).as_deref(), expect, "{word}");
    }

    #[test]
    fn runs_are_cut() {
        check("đượccc", Some("được"));
        check("emmmm", Some("em"));
        check("nhàaaa", Some("nhà"));
        check("iii", None);
        check("nhaaaa", Some("nha"));
        check("llllàààà", Some("là"));
        check("được", None);
        check("hahaha", None);
        check("zzzz", None);
        check("2000", None);
    }
}
