//! Documents named: by type, number, sign, issuer; and documents the corpus does not hold.

use std::collections::HashMap;
use std::ops::Range;

use super::place::FoundPlace;
use crate::corpus::{Corpus, Level};
use crate::text::{self, PhraseTable, Token};

/// A document of the corpus named in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentMention {
    /// Index into the corpus's documents.
    pub document: usize,
    /// The words that name it.
    pub tokens: Range<usize>,
    /// Named by number or issuer, and not by its type alone.
    pub certain: bool,
    /// What is carried out, and not where it is written: "việc thực hiện Chỉ thị 28".
    pub object: bool,
}

impl DocumentMention {
    /// A document named beyond doubt, which says where to look.
    pub(super) fn certain(document: usize, tokens: Range<usize>) -> Self {
        Self {
            document,
            tokens,
            certain: true,
            object: false,
        }
    }
}

/// Verbs whose object is a document; it need not be the one that answers.
const CARRIED_OUT: &[&str] = &[
    "thực hiện",
    "triển khai",
    "quán triệt",
    "học tập",
    "học",
    "phổ biến",
    "tuyên truyền",
    "cụ thể hóa",
    "làm theo",
    "thi hành",
    "chấp hành",
    "đưa",
    "đem",
    "việc học",
    "làm",
    "theo dõi",
    "hướng dẫn",
    "sơ kết",
    "tổng kết",
];

/// A document the corpus does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignDocument {
    /// The words that name it.
    pub tokens: Range<usize>,
}

/// Types of legal and Party documents, as general vocabulary.
const TYPES: &[&str] = &[
    "chỉ thị",
    "kế hoạch",
    "hướng dẫn",
    "nghị quyết",
    "nghị định",
    "quyết định",
    "thông tư",
    "công văn",
    "kết luận",
    "thông báo",
    "bộ luật",
    "luật",
    "công ước",
    "hiến pháp",
    "pháp lệnh",
];

/// Types whose documents are called by their subject and not by a number.
const NAMED_LAWS: &[&str] = &["luật", "bộ luật", "công ước", "hiến pháp", "pháp lệnh"];

/// Words for any document.
const ANY: &[&str] = &["văn bản", "tài liệu", "giấy tờ", "giấy", "bản", "cái của"];

struct Known {
    /// Words of the type.
    kind: Vec<String>,
    /// "28" of "28-CT/TW"; empty when it has no number.
    digits: String,
    /// "ct" of "28-CT/TW".
    code: String,
    /// All signs after the number, folded.
    signs: Vec<String>,
}

/// What the documents are called.
pub(super) struct DocumentTable {
    known: Vec<Known>,
    /// Documents by their digits, in their order.
    by_digits: HashMap<String, Vec<usize>>,
    /// Documents by the words of their type, likewise.
    by_kind: HashMap<Vec<String>, Vec<usize>>,
    /// Each once, in the order of the first document of it.
    issuers: Vec<Issuer>,
    /// Who signed documents, by name.
    signers: PhraseTable<usize>,
    /// Of so many documents a level or a place names none.
    most: usize,
}

/// Who issued documents. Many documents have few issuers.
struct Issuer {
    /// Its name without marks.
    folded: String,
    level: Option<Level>,
    /// The words of its place, where its name ends in one: "Tỉnh ủy Lâm Đồng".
    place: Vec<String>,
    /// What it issued, in order.
    documents: Vec<usize>,
}

/// So many documents of a library may be meant by who issued them.
const MOST_OF_LEVEL: usize = 8;

/// The names of those who signed, of two words at least.
fn signers(corpus: &Corpus) -> PhraseTable<usize> {
    let mut signers = PhraseTable::new();
    for (document, entry) in corpus.documents.iter().enumerate() {
        let name = entry.signer.as_deref().map(str::to_lowercase);
        if let Some(name) = name.filter(|name| name.contains(' ')) {
            signers.insert(&name, document);
        }
    }
    signers
}

impl DocumentTable {
    pub fn new(corpus: &Corpus) -> Self {
        let known: Vec<Known> = corpus
            .documents
            .iter()
            .map(|document| {
                let number = text::tokenize(&document.number);
                let digits = number.first().filter(|token| token.is_number());
                Known {
                    kind: text::tokenize(&document.kind)
                        .into_iter()
                        .map(|t| t.word)
                        .collect(),
                    digits: digits.map(|token| token.fold.clone()).unwrap_or_default(),
                    code: digits
                        .and_then(|_| number.get(1))
                        .map(|token| token.fold.clone())
                        .unwrap_or_default(),
                    signs: number
                        .iter()
                        .skip(1)
                        .map(|token| token.fold.clone())
                        .collect(),
                }
            })
            .collect();
        let mut by_digits: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_kind: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (document, known) in known.iter().enumerate() {
            let same = by_digits.entry(known.digits.clone()).or_default();
            same.push(document);
            let same = by_kind.entry(known.kind.clone()).or_default();
            same.push(document);
        }
        Self {
            issuers: issuers(corpus),
            signers: signers(corpus),
            known,
            by_digits,
            by_kind,
            most: match corpus.is_library() {
                true => MOST_OF_LEVEL,
                false => usize::MAX,
            },
        }
    }

    /// Documents of the one level that is spoken of: "ở tỉnh", "trung ương", the place of an issuer; none
    /// where both levels are.
    pub fn of_level_said(&self, restored: &[String]) -> Vec<usize> {
        let words: Vec<&str> = restored.iter().map(String::as_str).collect();
        let says = |phrases: &[&[&str]]| {
            phrases
                .iter()
                .any(|phrase| words.windows(phrase.len()).any(|here| here == *phrase))
        };
        let place_of = |issuer: &Issuer| {
            let place: Vec<&str> = issuer.place.iter().map(String::as_str).collect();
            !place.is_empty() && words.windows(place.len()).any(|here| here == place)
        };
        let province = says(&[&["tỉnh"]]);
        let central = says(&[&["trung", "ương"], &["cả", "nước"], &["toàn", "quốc"]]);
        match (province, central) {
            (true, false) => self.issued_by(|issuer| issuer.level == Some(Level::Province)),
            (false, true) => self.issued_by(|issuer| issuer.level == Some(Level::Central)),
            (false, false) => self.issued_by(place_of),
            _ => Vec::new(),
        }
    }

    /// The documents of the one level that is spoken of, each named by the words for the level: "của tỉnh",
    /// "Lâm Đồng".
    pub fn named_by_level(
        &self,
        of_level: &[usize],
        tokens: &[Token],
        restored: &[String],
    ) -> Vec<DocumentMention> {
        if of_level.is_empty() {
            return Vec::new();
        }
        let Some(level) = self.level(tokens, restored) else {
            return Vec::new();
        };
        let mention = |document: &usize| DocumentMention::certain(*document, level.clone());
        of_level.iter().map(mention).collect()
    }

    /// The only document of a type that is named, where the words for the type are also those of something done:
    /// "hướng dẫn".
    pub fn named_by_type(&self, restored: &[String]) -> Option<DocumentMention> {
        (0..restored.len()).find_map(|at| {
            let kinds = self.by_kind.iter();
            let named = kinds.filter(|(kind, _)| restored[at..].starts_with(kind));
            let (kind, documents) = named.max_by_key(|(kind, _)| kind.len())?;
            let [document] = documents[..] else {
                return None;
            };
            Some(DocumentMention::certain(document, at..at + kind.len()))
        })
    }

    /// "con cua tinh", "con trung uong thi sao", without marks: "còn" and a level, and nobody's child.
    pub fn is_asked_of_next(&self, tokens: &[Token], restored: &[String]) -> bool {
        let Some([first, second]) = tokens.get(..2) else {
            return false;
        };
        if first.fold != "con" || tokens.iter().any(|token| token.marked) {
            return false;
        }
        let of = usize::from(second.may_be_any(&["của", "ở", "bên"]));
        let then = |end: usize| tokens.get(end).is_none_or(|next| next.may_be("thì"));
        let level = self.level(tokens, restored);
        level.is_some_and(|level| level.start == 1 + of && then(level.end))
    }

    /// The first words for a level, or for the place of an issuer.
    fn level(&self, tokens: &[Token], restored: &[String]) -> Option<Range<usize>> {
        let issuer_place = |at: usize| {
            let mut places = self.issuers.iter().map(|issuer| &issuer.place);
            places.find(|place| !place.is_empty() && restored[at..].starts_with(place))
        };
        (0..tokens.len()).find_map(|at| {
            let length = level_at(&tokens[at..]).map(|(_, length)| length);
            let length = length.or_else(|| issuer_place(at).map(Vec::len))?;
            Some(at..at + length)
        })
    }

    /// Documents signed by somebody who is named, with the words of his name.
    pub fn signed_by(&self, tokens: &[Token]) -> Vec<DocumentMention> {
        let named = self.signers.find_longest(tokens).into_iter();
        let signed: Vec<DocumentMention> = named
            .map(|found| DocumentMention::certain(*found.value, found.tokens))
            .collect();
        match signed.len() > self.most {
            true => Vec::new(),
            false => signed,
        }
    }

    /// The documents of some issuers, in order; none where they are too many.
    fn issued_by(&self, is_meant: impl Fn(&Issuer) -> bool) -> Vec<usize> {
        let issuers = self.issuers.iter().filter(|issuer| is_meant(issuer));
        let documents = issuers.flat_map(|issuer| issuer.documents.iter().copied());
        let mut documents: Vec<usize> = documents.collect();
        if documents.len() > self.most {
            return Vec::new();
        }
        documents.sort_unstable();
        documents
    }

    /// Documents named, in the order of the question, and the first one that is not here.
    pub fn find(
        &self,
        corpus: &Corpus,
        tokens: &[Token],
        restored: &[String],
        place: Option<&FoundPlace>,
    ) -> (Vec<DocumentMention>, Option<ForeignDocument>) {
        let mut mentions: Vec<DocumentMention> = Vec::new();
        let mut foreign = None;
        let mut at = 0;
        // "luật" of "hội luật gia" is no document.
        let bodies = corpus.units.bodies.find_longest(tokens);
        while at < tokens.len() {
            if let Some(body) = bodies.iter().find(|body| body.tokens.start == at) {
                at = body.tokens.end;
                continue;
            }
            if place.is_some_and(|place| place.tokens.iter().any(|range| range.contains(&at))) {
                at += 1;
                continue;
            }
            match self.at(corpus, tokens, restored, at) {
                Some(Found::Here(mut mention)) => {
                    mention.object = is_carried_out(tokens, at);
                    at = mention.tokens.end;
                    match mentions
                        .iter_mut()
                        .find(|seen| seen.document == mention.document)
                    {
                        Some(seen) => seen.certain |= mention.certain,
                        None => mentions.push(mention),
                    }
                }
                Some(Found::Foreign(range)) => {
                    let object = is_carried_out(tokens, at);
                    at = range.end;
                    foreign = foreign.or((!object).then_some(ForeignDocument { tokens: range }));
                }
                None => at += 1,
            }
        }
        (mentions, foreign)
    }

    fn at(
        &self,
        corpus: &Corpus,
        tokens: &[Token],
        restored: &[String],
        at: usize,
    ) -> Option<Found> {
        self.by_type(corpus, tokens, restored, at)
            .or_else(|| self.by_sign(tokens, at))
            .or_else(|| self.by_issuer(corpus, tokens, at, ANY))
    }

    /// "CT 28", "28-CT", "ct28", "109".
    fn by_sign(&self, tokens: &[Token], at: usize) -> Option<Found> {
        let token = &tokens[at];
        let next = tokens.get(at + 1);
        for document in self.with_digits_of(token, next) {
            let known = &self.known[document];
            let code_first =
                token.fold == known.code && next.is_some_and(|t| t.fold == known.digits);
            let glued = token.fold.strip_prefix(known.code.as_str()) == Some(&known.digits);
            let bare = token.fold == known.digits && known.digits.len() > 1;
            let length = match (code_first, glued || bare) {
                (true, _) => 2,
                (_, true) => 1,
                _ => continue,
            };
            let end = self.skip_signs(document, tokens, at + length);
            return Some(Found::here(document, at..end, true));
        }
        None
    }

    /// Documents whose digits a word ends in or the next one is, in their order.
    fn with_digits_of(&self, token: &Token, next: Option<&Token>) -> Vec<usize> {
        let fold = token.fold.as_str();
        let letters = fold.find(|c: char| c.is_ascii_digit());
        let glued = letters.map(|at| &fold[at..]);
        let next = next.map(|next| next.fold.as_str());
        let digits = [Some(fold), glued, next].into_iter().flatten();
        let mut documents: Vec<usize> = digits
            .filter(|digits| !digits.is_empty())
            .filter_map(|digits| self.by_digits.get(digits))
            .flatten()
            .copied()
            .collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// "Chỉ thị", "Chỉ thị số 28", "chỉ thị của Bộ Chính trị", "Chỉ thị 20" (not here).
    fn by_type(
        &self,
        corpus: &Corpus,
        tokens: &[Token],
        restored: &[String],
        at: usize,
    ) -> Option<Found> {
        let kind = TYPES
            .iter()
            .find_map(|kind| phrase_at(tokens, restored, at, kind).map(|n| (*kind, n)));
        let (kind, length) = kind?;
        let mut end = at + length;
        if tokens.get(end).is_some_and(|token| token.may_be("số")) {
            end += 1;
        }
        if let Some(number) = tokens.get(end).filter(|token| token.is_number()) {
            let words: Vec<&str> = kind.split(' ').collect();
            let of_number = self.by_digits.get(&number.fold);
            let mut of_number = of_number.into_iter().flatten().copied();
            let document = of_number.find(|document| self.known[*document].kind == words);
            return Some(match document {
                Some(document) => Found::here(
                    document,
                    at..self.skip_signs(document, tokens, end + 1),
                    true,
                ),
                // "kế hoạch 2024": by its year.
                None => match self.of_year(corpus, kind, &tokens[at + length..]) {
                    Some((document, read)) => Found::here(document, at..at + length + read, true),
                    None => Found::Foreign(at..end + 1),
                },
            });
        }
        end = at + length;
        if let Some(found) = self.by_issuer(corpus, tokens, at, &[kind]) {
            return Some(found);
        }
        let inside_phrase = corpus
            .lexicon
            .phrases
            .find(tokens)
            .into_iter()
            // "về kế hoạch" is no "vẽ kế hoạch".
            .filter(|found| {
                let mut both = restored[found.tokens.clone()].iter().zip(found.phrase);
                both.all(|(said, word)| *said == word.word)
            })
            .any(|found| {
                // "ra chỉ thị": a document, and what is done is no other thing.
                let issued = at.checked_sub(1).is_some_and(|at| tokens[at].may_be("ra"));
                found.tokens.start <= at
                    && end <= found.tokens.end
                    && found.tokens.len() > end - at
                    && !(issued && end == found.tokens.end)
            });
        let is_name = !inside_phrase && is_noun(tokens, at, end, kind);
        // "cái chỉ thị hồi 2012": another one than that of 2023.
        if let Some((year, length)) = year_at(&tokens[end..])
            && let Some(document) = self.only_of_kind(kind)
            && corpus.documents[document]
                .issued
                .is_some_and(|date| date.year != year)
        {
            return Some(Found::Foreign(at..end + length));
        }
        if let Some(document) = self.only_of_kind(kind).filter(|_| is_name) {
            let certain = is_where_it_says(tokens, at, end);
            return Some(Found::here(document, at..end, certain));
        }
        // "theo thông tư nào", "nghị quyết của Hội đồng": of a type that the corpus has none of.
        let unknown = !self.by_kind.contains_key(&words_of(kind));
        let spoken_of = tokens
            .get(end)
            .is_some_and(|next| next.may_be_any(AFTER_TYPE));
        // "để đưa vào công văn của phường": one that is still to be written.
        const WRITTEN: [&str; 6] = ["vào", "viết", "soạn", "thảo", "làm", "trình"];
        let is = |at: Option<usize>, words: &[&str]| {
            at.and_then(|at| tokens.get(at))
                .is_some_and(|token| token.may_be_any(words))
        };
        let before = at.checked_sub(1);
        if is(before, &WRITTEN) {
            return None;
        }
        if unknown && spoken_of && NEVER_VERBS.contains(&kind) {
            return Some(Found::Foreign(at..end));
        }
        // A type of which the corpus has none, followed by a name: "luật trẻ em", not "pháp luật".
        const COMMON: [&str; 4] = ["pháp", "lệ", "kỷ", "kỉ"];
        // "trái luật": of no law in particular.
        const AGAINST: [&str; 4] = ["trái", "phạm", "lách", "phá"];
        let named = NAMED_LAWS.contains(&kind)
            && !is(before, &COMMON)
            && !is(before, &AGAINST)
            && !is(Some(end), &COMMON)
            && tokens
                .get(end)
                .is_some_and(|next| !next.may_be_any(NO_NAME));
        named.then_some(Found::Foreign(at..end))
    }

    /// "văn bản của tỉnh", "văn bản của Bộ Chính trị", "kế hoạch tỉnh".
    fn by_issuer(
        &self,
        corpus: &Corpus,
        tokens: &[Token],
        at: usize,
        nouns: &[&str],
    ) -> Option<Found> {
        let length = nouns
            .iter()
            .find_map(|noun| phrase_at(tokens, &[], at, noun))?;
        let mut next = at + length;
        if tokens.get(next).is_some_and(|token| {
            ["của", "do", "bên", "từ"]
                .iter()
                .any(|word| token.may_be(word))
        }) {
            next += 1;
        }
        let rest = tokens.get(next..)?;
        let unit = corpus
            .units
            .phrases
            .find_longest(rest)
            .into_iter()
            .find(|found| found.tokens.start == 0);
        // "hướng dẫn của trung ương": of two documents of that level, the one of that type.
        let of_type = |document: &usize| {
            let kind = &self.known[*document].kind;
            nouns == ANY || nouns.iter().any(|noun| noun.split(' ').eq(kind))
        };
        let by_unit = |name: &str| {
            let folded = text::fold(&name.to_lowercase());
            let mut issuers = self.issuers.iter();
            let issuer = issuers.find(|issuer| issuer.folded.starts_with(&folded))?;
            // "theo chỉ thị, Ban Tuyên giáo … phải làm gì": no directive of that body.
            issuer.documents.iter().copied().find(of_type)
        };
        if let Some(found) = unit
            && let Some(document) = by_unit(&corpus.units.at(*found.value).name)
        {
            return Some(Found::here(document, at..next + found.tokens.end, true));
        }
        let (level, read) = level_at(rest)?;
        let issuers = self.issuers.iter();
        let issuers = issuers.filter(|issuer| issuer.level == Some(level));
        let documents = issuers.flat_map(|issuer| issuer.documents.iter().copied());
        let mut of_level = documents.filter(of_type);
        let document = of_level.next()?;
        // Two documents of that level: the words do not say which.
        of_level
            .next()
            .is_none()
            .then(|| Found::here(document, at..next + read, true))
    }

    /// The only document of a type, where a year follows that it was issued in; and the words of the year.
    fn of_year(&self, corpus: &Corpus, kind: &str, after: &[Token]) -> Option<(usize, usize)> {
        let (year, read) = year_at(after)?;
        let document = self.only_of_kind(kind)?;
        let issued = corpus.documents[document].issued?;
        (issued.year == year).then_some((document, read))
    }

    fn only_of_kind(&self, kind: &str) -> Option<usize> {
        match self.by_kind.get(&words_of(kind))?.as_slice() {
            [document] => Some(*document),
            _ => None,
        }
    }

    fn skip_signs(&self, document: usize, tokens: &[Token], mut at: usize) -> usize {
        let signs = &self.known[document].signs;
        while tokens
            .get(at)
            .is_some_and(|token| signs.contains(&token.fold))
        {
            at += 1;
        }
        at
    }
}

enum Found {
    Here(DocumentMention),
    Foreign(Range<usize>),
}

impl Found {
    fn here(document: usize, tokens: Range<usize>, certain: bool) -> Self {
        Self::Here(DocumentMention {
            document,
            tokens,
            certain,
            object: false,
        })
    }
}

/// Whether a verb of carrying out stands right before the document named at `at`.
fn is_carried_out(tokens: &[Token], at: usize) -> bool {
    CARRIED_OUT.iter().any(|verb| {
        let length = verb.split(' ').count();
        at.checked_sub(length)
            .is_some_and(|start| phrase_at(tokens, &[], start, verb).is_some())
    })
}

/// Types that are nothing else, and words after them with which one of them is spoken of.
const NEVER_VERBS: &[&str] = &["nghị quyết", "nghị định", "thông tư", "công văn"];
const AFTER_TYPE: &[&str] = &["nào", "gì", "của", "về", "số", "mấy"];

/// Words that no law's name begins with: "luật của Nhà nước", "trái luật thì sao".
const NO_NAME: &[&str] = &[
    "của", "được", "thì", "về", "nào", "này", "và", "để", "là", "có", "không", "ra", "còn", "quy",
    "cho", "trong", "thế", "sao", "gì", "đó", "với", "hay", "tiêu", "chính", "mà", "ở", "do", "bị",
    "như",
];

/// Types that are nothing but names of documents; said alone they are no topic.
pub(super) const NOUNS_ONLY: &[&str] = &[
    "chỉ thị",
    "kế hoạch",
    "nghị quyết",
    "nghị định",
    "thông tư",
    "công văn",
];

/// Types that are verbs as well: "hướng dẫn việc học".
const ALSO_VERBS: &[&str] = &[
    "hướng dẫn",
    "kết luận",
    "thông báo",
    "quyết định",
    "kế hoạch",
];
/// Words before or after that make such a word the name of a document.
const BEFORE_NOUN: &[&str] = &[
    "bản", "tờ", "cái", "trong", "theo", "của", "và", "với", "giữa", "so", "ký", "ra", "lục",
    "cục", "trúc",
];
/// And after one that opens the question: "kế hoạch ai ký", "còn hướng dẫn ra ngày nào".
const AFTER_FIRST: &[&str] = &[
    "ai", "ký", "ra", "ban", "đề", "phát", "bắt", "mấy", "ngày", "tên",
];
const AFTER_NOUN: &[&str] = &[
    "này", "đó", "ấy", "của", "tỉnh", "có", "do", "nói", "viết", "ghi", "nêu", "được", "mang",
    "thì", "số", "nhằm", "nhắm", "hướng", "giao", "yêu", "đòi", "gồm", "gửi", "nhắc", "kể",
];

/// "trong chỉ thị", "chỉ thị thì chê luật lệ": what this very document says is asked for, and not what is
/// said anywhere.
fn is_where_it_says(tokens: &[Token], start: usize, end: usize) -> bool {
    const IN: [&str; 2] = ["trong", "tại"];
    const SAYS: [&str; 8] = ["nói", "viết", "ghi", "nêu", "chê", "khen", "nhắc", "kể"];
    const BETWEEN: [&str; 5] = ["này", "thì", "có", "đã", "cũng"];
    let inside = start
        .checked_sub(1)
        .is_some_and(|before| tokens[before].may_be_any(&IN));
    let mut after = tokens[end..]
        .iter()
        .skip_while(|token| token.may_be_any(&BETWEEN));
    inside || after.next().is_some_and(|next| next.may_be_any(&SAYS))
}

/// Whether a type named alone is the name of a document here and no verb or common noun.
fn is_noun(tokens: &[Token], start: usize, end: usize, kind: &str) -> bool {
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(end);
    let is =
        |token: Option<&Token>, words: &[&str]| token.is_some_and(|token| token.may_be_any(words));
    // "Kế hoạch thực hiện Chỉ thị 28": the plan, and what it carries out.
    let carries_out = CARRIED_OUT.iter().any(|verb| {
        phrase_at(tokens, &[], end, verb).is_some_and(|length| {
            TYPES
                .iter()
                .any(|kind| phrase_at(tokens, &[], end + length, kind).is_some())
        })
    });
    let opens = start == 0 || is(before, &["còn", "thế", "vậy"]);
    !ALSO_VERBS.contains(&kind)
        || carries_out
        || (opens && is(after, AFTER_FIRST))
        || is(before, BEFORE_NOUN)
        || is(after, AFTER_NOUN)
        || (start == 0 && after.is_none())
        || is_one_of_two(tokens, start, end)
        || is_carried_out(tokens, start)
}

/// "chỉ thị hay hướng dẫn", "hướng dẫn hay kế hoạch": a type beside another.
fn is_one_of_two(tokens: &[Token], start: usize, end: usize) -> bool {
    const OR: [&str; 2] = ["hay", "hoặc"];
    let or = |at: usize| tokens.get(at).is_some_and(|token| token.may_be_any(&OR));
    let begins = |at: usize| {
        TYPES
            .iter()
            .any(|kind| phrase_at(tokens, &[], at, kind).is_some())
    };
    let ends = |end: usize| {
        TYPES.iter().any(|kind| {
            let start = end.checked_sub(kind.split(' ').count());
            start.is_some_and(|start| phrase_at(tokens, &[], start, kind).is_some())
        })
    };
    let before = start.checked_sub(1).is_some_and(|at| or(at) && ends(at));
    before || (or(end) && begins(end + 1))
}

/// The length of `phrase` in tokens if it stands at `at`. A single word typed without marks must
/// also be the likeliest reading.
fn phrase_at(tokens: &[Token], restored: &[String], at: usize, phrase: &str) -> Option<usize> {
    let words: Vec<&str> = phrase.split(' ').collect();
    let here = tokens.get(at..at + words.len())?;
    let fits = here
        .iter()
        .zip(&words)
        .all(|(token, word)| token.may_be(word));
    let single = words.len() == 1 && !here[0].marked;
    let likely = !single || restored.get(at).is_some_and(|word| word == phrase);
    (fits && likely).then_some(words.len())
}

/// "(cấp) tỉnh", "trung ương", "tw".
fn level_at(tokens: &[Token]) -> Option<(Level, usize)> {
    let first = tokens.first()?;
    let second = tokens.get(1);
    if first.may_be("tỉnh") {
        let party = second.is_some_and(|token| token.may_be("ủy"));
        return Some((Level::Province, if party { 2 } else { 1 }));
    }
    if first.may_be("trung") && second.is_some_and(|token| token.may_be("ương")) {
        return Some((Level::Central, 2));
    }
    (first.fold == "tw").then_some((Level::Central, 1))
}

/// "(hồi) (năm) 2012": a year, with the number of its words.
fn year_at(tokens: &[Token]) -> Option<(u16, usize)> {
    const YEARS: std::ops::RangeInclusive<u16> = 1945..=2100;
    let before = tokens
        .iter()
        .take_while(|token| token.may_be_any(&["hồi", "năm", "của"]))
        .count();
    let year = tokens.get(before)?.fold.parse().ok()?;
    YEARS.contains(&year).then_some((year, before + 1))
}

/// What an issuer's name has after the name of the body.
fn words_of(kind: &str) -> Vec<String> {
    kind.split(' ').map(str::to_owned).collect()
}

fn issuers(corpus: &Corpus) -> Vec<Issuer> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut issuers: Vec<Issuer> = Vec::new();
    for (document, entry) in corpus.documents.iter().enumerate() {
        let name = entry.issuer.as_str();
        let place = *places.entry(name).or_insert_with(|| {
            issuers.push(Issuer {
                folded: text::fold(&name.to_lowercase()),
                level: issuer_level(corpus, name),
                place: issuer_place(corpus, name),
                documents: Vec::new(),
            });
            issuers.len() - 1
        });
        issuers[place].documents.push(document);
    }
    issuers
}

fn issuer_place(corpus: &Corpus, issuer: &str) -> Vec<String> {
    let issuer = text::tokenize(issuer);
    let body = corpus.units.phrases.longest_at_start(&issuer);
    let place = body.map_or(&[][..], |end| &issuer[end..]);
    place.iter().map(|token| token.word.clone()).collect()
}

fn issuer_level(corpus: &Corpus, issuer: &str) -> Option<Level> {
    let issuer = text::tokenize(issuer);
    let found = corpus.units.phrases.find_longest(&issuer);
    found
        .first()
        .map(|found| corpus.units.at(*found.value).level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn where_it_is_written_and_what_is_carried_out() {
        for (text, certain) in [
            ("trong chỉ thị thì sao", true),
            ("trong chi thi thi sao", true),
            ("chỉ thị có nói về sân chơi không", true),
            ("chỉ thị thì chê luật lệ ở điểm nào", true),
            ("kế hoạch viết gì về tiền", true),
            ("chỉ thị này của ai", false),
            ("ai thực hiện chỉ thị", false),
        ] {
            let tokens = tokenize(text);
            let start = (0..tokens.len())
                .find(|at| tokens[*at].may_be_any(&["chỉ", "kế"]))
                .unwrap();
            assert_eq!(
                is_where_it_says(&tokens, start, start + 2),
                certain,
                "{text}"
            );
        }
    }
}
