//! A space left out: `trẻem`, `tuyengiao`, `bảovệtrẻ`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::super::{Repair, Token, canonical_tone, is_folded_syllable, is_syllable, marks};
use super::evidence::{self, Known, Neighbours};
use super::vocabulary::Vocabulary;

/// Two or three known syllables which the vocabulary has side by side and which together are the
/// word; the most frequent such pair. Nothing for what can be a syllable itself.
pub(super) fn mend(token: &Token, vocabulary: &Vocabulary) -> Option<Vec<Token>> {
    let one_to_one = token.fold.is_ascii() && token.fold.len() == token.word.chars().count();
    if !one_to_one || is_syllable(&token.word) || is_folded_syllable(&token.fold) {
        return None;
    }
    let whole = Piece {
        word: &token.word,
        fold: &token.fold,
    };
    match in_two(whole, vocabulary) {
        Some((_, pieces)) => Some(divide(token, &pieces)),
        None => in_three(whole, vocabulary).map(|pieces| divide(token, &pieces)),
    }
}

/// Letters of the shortest word that is divided without having seen its parts side by side.
const LONG: usize = 5;

/// The word in two known parts that the vocabulary never has side by side, `nhữnghạn` before `chế`:
/// where the neighbours know more of the parts, and else where the rarer part is the most frequent.
/// The last thing to try: nothing was found that the word may be a slip of.
pub(super) fn mend_by_parts(
    token: &Token,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Vec<Token>> {
    let letters = token.word.chars().count();
    let one_to_one = token.fold.is_ascii() && token.fold.len() == letters;
    if !one_to_one || letters < LONG || is_folded_syllable(&token.fold) {
        return None;
    }
    let whole = Piece {
        word: &token.word,
        fold: &token.fold,
    };
    let worth = |pieces: &[Piece; 2]| {
        let [first, second] = pieces;
        if first.fold.len().min(second.fold.len()) < 2 {
            return None;
        }
        let (a, b) = (
            first.known_or_short(vocabulary)?,
            second.known_or_short(vocabulary)?,
        );
        let beside = neighbours.pairs(a, vocabulary).left > 0;
        let after = neighbours.pairs(b, vocabulary).right > 0;
        let rarer = evidence::count(a, vocabulary).min(evidence::count(b, vocabulary));
        Some((u8::from(beside) + u8::from(after), rarer))
    };
    let best = whole
        .cuts()
        .filter_map(|pieces| worth(&pieces).map(|worth| (worth, pieces)))
        .max_by_key(|(worth, _)| *worth)?;
    Some(divide(token, &best.1))
}

/// A stretch of the typed word; letter by letter the same in both forms.
#[derive(Clone, Copy)]
struct Piece<'a> {
    word: &'a str,
    fold: &'a str,
}

impl<'a> Piece<'a> {
    fn cuts(self) -> impl Iterator<Item = [Self; 2]> {
        self.word
            .char_indices()
            .enumerate()
            .skip(1)
            .map(move |(at, (byte, _))| {
                let (word, fold) = (self.word.split_at(byte), self.fold.split_at(at));
                [
                    Self {
                        word: word.0,
                        fold: fold.0,
                    },
                    Self {
                        word: word.1,
                        fold: fold.1,
                    },
                ]
            })
    }

    fn known(self, vocabulary: &Vocabulary) -> Option<Known> {
        if !is_folded_syllable(self.fold) {
            None
        } else if marks::is_marked(self.word) {
            vocabulary.word(&canonical_tone(self.word)).map(Known::Word)
        } else {
            vocabulary.fold(self.fold).map(Known::Fold)
        }
    }

    /// The same, or an abbreviation that the vocabulary has.
    fn known_or_short(self, vocabulary: &Vocabulary) -> Option<Known> {
        let vowel = |c| "aeiouy".contains(c);
        let short = self.fold.len() > 2 && !self.fold.contains(vowel);
        match short {
            true => vocabulary.word(self.word).map(Known::Word),
            false => self.known(vocabulary),
        }
    }

    /// How often the vocabulary has `next` after this piece. Once is not enough for single letters,
    /// which a slip may have added.
    fn before(self, next: Self, vocabulary: &Vocabulary) -> u32 {
        let known = self.known(vocabulary).zip(next.known(vocabulary));
        let seen = known.map_or(0, |(a, b)| evidence::pair(a, b, vocabulary));
        if seen == 1 && self.fold.len().min(next.fold.len()) == 1 {
            0
        } else {
            seen
        }
    }
}

fn in_two<'a>(whole: Piece<'a>, vocabulary: &Vocabulary) -> Option<(u32, [Piece<'a>; 2])> {
    let mut best = None;
    for [first, second] in whole.cuts() {
        let seen = first.before(second, vocabulary);
        if seen > best.map_or(0, |(most, _)| most) {
            best = Some((seen, [first, second]));
        }
    }
    best
}

fn in_three<'a>(whole: Piece<'a>, vocabulary: &Vocabulary) -> Option<[Piece<'a>; 3]> {
    let mut best = None;
    for [first, rest] in whole
        .cuts()
        .filter(|[first, _]| first.known(vocabulary).is_some())
    {
        let Some((seen_after, [second, third])) = in_two(rest, vocabulary) else {
            continue;
        };
        let seen = first.before(second, vocabulary).min(seen_after);
        if seen > best.map_or(0, |(most, _)| most) {
            best = Some((seen, [first, second, third]));
        }
    }
    best.map(|(_, pieces)| pieces)
}

fn divide(token: &Token, pieces: &[Piece]) -> Vec<Token> {
    let spans = spans(token, pieces);
    let words = pieces
        .iter()
        .map(|piece| canonical_tone(piece.word).into_owned());
    words
        .zip(spans)
        .map(|(word, span)| Token::new(span, word, Some(Repair::Split)))
        .collect()
}

/// The bytes of each piece. The original was composed or decomposed; where it was neither, the
/// first piece gets all and the others an empty place at its end.
fn spans(token: &Token, pieces: &[Piece]) -> Vec<Range<usize>> {
    let composed = |text: &str| text.len();
    let decomposed = |text: &str| text.nfd().map(char::len_utf8).sum();
    let length: Box<dyn Fn(&str) -> usize> = match token.span.len() {
        bytes if bytes == composed(&token.word) => Box::new(composed),
        bytes if bytes == decomposed(&token.word) => Box::new(decomposed),
        bytes => Box::new(move |piece| if pieces[0].word == piece { bytes } else { 0 }),
    };
    let mut start = token.span.start;
    pieces
        .iter()
        .map(|piece| {
            let span = start..start + length(piece.word);
            start = span.end;
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let parts = mend(&tokenize(text)[0], &vocabulary()).unwrap_or_default();
        let parts: Vec<_> = parts
            .iter()
            .map(|part| format!("{}={}", part.word, &text[part.span.clone()]))
            .collect();
        assert_eq!(parts.join(" "), expect);
    }

    #[test]
    fn splits() {
        check("trẻem", "trẻ=trẻ em=em");
        check("TRẺEM", "trẻ=TRẺ em=EM");
        check("tuyengiao", "tuyen=tuyen giao=giao");
        check("bảovệtrẻ", "bảo=bảo vệ=vệ trẻ=trẻ");
        check("bảovetrẻ", "bảo=bảo ve=ve trẻ=trẻ");
        check("tre\u{309}em", "trẻ=tre\u{309} em=em");
        check("tr\u{ad}ẻem", "trẻ=tr\u{ad}ẻem em=");
    }

    #[test]
    fn by_its_parts() {
        let by_parts = |text: &str| {
            let (tokens, vocabulary) = (tokenize(text), vocabulary());
            let neighbours = Neighbours::new(tokens.first(), tokens.get(2), &vocabulary);
            mend_by_parts(&tokens[1], &neighbours, &vocabulary)
                .map(|parts| parts.into_iter().map(|part| part.word).collect::<Vec<_>>())
        };
        for (text, parts) in [
            ("các nhàtrẻ em", Some(["nhà", "trẻ"])),
            ("bảo vệnhà trường", Some(["vệ", "nhà"])),
            ("các trẻxyz em", None),
            ("các toàn em", None),
        ] {
            let parts = parts.map(|parts| parts.map(str::to_owned).to_vec());
            assert_eq!(by_parts(text), parts, "{text}");
        }
    }

    #[test]
    fn stays_whole() {
        check("trẻ", "");
        check("tien", "");
        check("emtrẻ", "");
        check("xyz", "");
    }
}
