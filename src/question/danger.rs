//! Signs that a child may be in danger. The words are the lexicon's; here is only how they have
//! to stand together, so that a child's words are told from an official's question on the rules.

use std::ops::Range;

use super::courtesy::without_courtesies;
use super::cue::means;
use super::utterance;
use crate::corpus::{Corpus, Form};
use crate::text::{self, Lessons, PhraseTable, Token, Topics, Utterance, covers};

/// Whether a child may be in danger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Danger {
    /// No sign of it.
    #[default]
    None,
    /// It may be: the hotline comes first.
    Urgent,
    /// It may be, and the documents are asked about as well.
    UrgentAndRules,
}

/// From here on a message is like those of danger, whatever its signs say.
const LIKE_DANGER: f32 = 0.7;
/// Where a punishment is asked for, an opinion, a text to be written, or nothing but a greeting said.
const BEYOND_DOUBT: f32 = 0.95;
/// Where the duties of a unit are asked for, and nothing in the words tells of danger.
const ALL_BUT_CERTAIN: f32 = 0.99;
/// And where the rules are asked about: the duties of a unit, what is written.
const SURELY: f32 = 0.95;
/// From here on it may be, and the hotline is named beside the answer.
const PERHAPS: f32 = 0.35;
/// Up to here nothing in it is like them: "con tui đá banh giỏi".
const HARDLY_DANGER: f32 = 0.01;
/// Up to here it is so little like them that its signs are taken for chance.
const UNLIKE_DANGER: f32 = 0.12;
/// The same for words that leave no doubt.
const NOTHING_LIKE: f32 = 0.02;

/// Most words between the one a thing is done to and what is done.
const REACH: usize = 5;
/// Most words between what is done and the one it is done to, when he comes after.
const NEAR: usize = 3;
/// Words between a person and what is done that make it something that happens to him or is done
/// by him again and again.
const HAPPENS: &[&str] = &[
    "bị", "hay", "cứ", "toàn", "đang", "đòi", "định", "suốt", "luôn", "lại", "bắt", "vừa", "mới",
];

/// Words for oneself or for a child at hand.
const PEOPLE: &[&str] = &["em", "con", "cháu", "bé", "nó", "tôi", "tui", "mình", "đứa"];

/// What is learnt: a message tells of danger, or it is an ordinary one.
const URGENT: usize = 0;
const ORDINARY: usize = 1;

/// Learns from the corpus's messages what danger sounds like. What people say of the passages, and
/// what they ask, answered or not, is ordinary as well.
pub(super) fn learn(corpus: &Corpus) -> Topics {
    let messages = &corpus.messages;
    if messages.urgent.is_empty() {
        return Topics::default();
    }
    let mut lessons = Lessons::new(2);
    let mut tell = |kind, tokens: &[Token]| {
        let said = without_courtesies(corpus, tokens);
        lessons.add(kind, &utterance(corpus, &said));
    };
    for text in &messages.urgent {
        tell(URGENT, &text::tokenize(text));
    }
    for text in &messages.ordinary {
        tell(ORDINARY, &text::tokenize(text));
    }
    let said = corpus.paraphrases.iter().map(|said| &said.tokens);
    let asked = corpus.intents.iter().flat_map(|asking| &asking.questions);
    for tokens in asked.chain(&corpus.silent).chain(said) {
        tell(ORDINARY, tokens);
    }
    lessons.learn()
}

/// How much a message is like those of danger, 0 to 1.
pub(super) fn likeness(alarm: &Topics, said: &Utterance) -> f32 {
    alarm.likelihoods(said)[URGENT]
}

/// What a message asks for beside its signs of danger.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asks {
    /// A punishment: who asks for one asks about the rules.
    pub penalty: bool,
    /// Something that only documents are asked for: a number, a date, a list, a place.
    pub documents: bool,
    /// A document is named.
    pub of_a_document: bool,
    /// What a unit of the corpus has to do.
    pub duties: bool,
    /// A unit of the corpus, and nothing else.
    pub unit_alone: bool,
    /// Something that no document answers: an opinion, a text, help with the bot.
    pub something_else: bool,
    /// Nothing: its words are all of a question's frame.
    pub nothing: bool,
    /// Nothing but a step through the text or to the next unit: "trước nữa", "đọc tiếp đi", "còn thầy cô".
    pub step: bool,
}

/// Looks for signs of danger; also tells whether somebody tells of a child at hand.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    asks: Asks,
    alarm: Option<f32>,
) -> (Danger, bool) {
    let signs = Signs::new(corpus, tokens, restored, asks);
    let of_an_animal = signs.of_an_animal();
    let by_signs = signs.certain
        || signs.done_to_somebody()
        || (!signs.calm && (signs.distress || (signs.weak && signs.is_story())));
    // Who asks where to report something is told, however the question is put; and who says in two
    // words what is done to him.
    let told = signs.reports()
        || signs.suffers_it_oneself()
        || (!signs.calm && asks_for_the_hotline(corpus, tokens, restored));
    let urgent = match alarm {
        _ if told => true,
        Some(alarm) => {
            let like = match () {
                () if asks.step || of_an_animal => f32::INFINITY,
                () if asks.penalty || asks.something_else || asks.nothing => BEYOND_DOUBT,
                () if asks.duties && !signs.any() => ALL_BUT_CERTAIN,
                () if asks.duties || asks.documents || signs.calm || signs.of_nobody() => SURELY,
                () => LIKE_DANGER,
            };
            let unlike = if signs.certain {
                NOTHING_LIKE
            } else {
                UNLIKE_DANGER
            };
            alarm > like || (by_signs && !of_an_animal && alarm > unlike)
        }
        None => by_signs,
    };
    let danger = match (urgent, signs.calm) {
        (false, _) => Danger::None,
        (true, false) => Danger::Urgent,
        (true, true) => Danger::UrgentAndRules,
    };
    // "chỉ thị 28 nói gì": of a document, and of nobody.
    let of_documents_alone = asks.nothing && asks.documents;
    // "em là bí thư chi bộ, chi bộ em phải làm gì": of a unit.
    let of_duties_alone = (asks.duties || asks.unit_alone) && !signs.any();
    let perhaps =
        !(of_documents_alone || of_duties_alone) && alarm.is_some_and(|alarm| alarm > PERHAPS);
    let hardly = if signs.any() {
        HARDLY_DANGER
    } else {
        UNLIKE_DANGER
    };
    let by_telling = signs.tells_of_somebody() && alarm.is_none_or(|alarm| alarm > hardly);
    (danger, perhaps || by_telling || signs.somebody_suffers())
}

/// What the lexicon's lists find in a message.
struct Signs<'a> {
    tokens: &'a [Token],
    asks: Asks,
    /// Longer phrases in which a word for a person is none.
    general: Vec<Range<usize>>,
    certain: bool,
    distress: bool,
    weak: bool,
    report: bool,
    /// The question is about the rules.
    calm: bool,
    acts: Vec<Range<usize>>,
    animals: Vec<Range<usize>>,
    victims: Vec<Range<usize>>,
    perpetrators: Vec<Range<usize>>,
}

impl<'a> Signs<'a> {
    fn new(corpus: &Corpus, tokens: &'a [Token], restored: &[String], asks: Asks) -> Self {
        let danger = &corpus.lexicon.danger;
        let seen = |table: &PhraseTable<()>| matches(table, tokens, restored);
        let general = general_phrases(corpus, tokens);
        let figures = seen(&danger.figures);
        let outside = |mut ranges: Vec<Range<usize>>, outer: &[Range<usize>]| {
            ranges.retain(|range| !outer.iter().any(|outer| covers(outer, range)));
            ranges
        };
        Self {
            tokens,
            asks,
            certain: !outside(seen(&danger.certain), &figures).is_empty(),
            distress: !outside(seen(&danger.distress), &figures).is_empty(),
            weak: !seen(&danger.weak).is_empty(),
            report: !seen(&danger.report).is_empty() || asks_where_to_tell(tokens),
            calm: asks.penalty || !seen(&danger.calm).is_empty(),
            // "đánh giá" is no "đánh".
            acts: outside(seen(&danger.acts), &other_meanings(corpus, tokens)),
            animals: seen(&danger.animals),
            victims: outside(seen(&danger.victims), &general),
            perpetrators: seen(&danger.perpetrators),
            general,
        }
    }

    fn happens(&self, from: usize, to: usize) -> bool {
        self.tokens
            .get(from..to)
            .is_some_and(|between| between.iter().any(|token| token.may_be_any(HAPPENS)))
    }

    fn done_to_somebody(&self) -> bool {
        self.acts.iter().any(|act| {
            self.victims.iter().any(|victim| self.suffers(victim, act))
                || self
                    .perpetrators
                    .iter()
                    .any(|person| self.does(person, act))
        })
    }

    /// The victim stands before the act and it happens to him, or right after it.
    fn suffers(&self, victim: &Range<usize>, act: &Range<usize>) -> bool {
        if victim.end <= act.start {
            let near = act.start - victim.end <= REACH;
            let named = victim.len() > 1;
            // "cháu bé hàng xóm …, hình như bị đánh": however far, if nobody else suffers it.
            let suffered = named && !self.calm && self.is_suffered(act);
            return suffered || (near && (named || self.happens(victim.end, act.start)));
        }
        !self.asks.penalty && act.end <= victim.start && victim.start - act.end < NEAR
    }

    /// The person does it again and again or to a child, or somebody (and not children in general)
    /// suffers it from him.
    fn does(&self, person: &Range<usize>, act: &Range<usize>) -> bool {
        let near = person.end <= act.start && act.start - person.end <= 2;
        let suffered = person.start > 0
            && self.tokens[person.start - 1].may_be("bị")
            && !self
                .general
                .iter()
                .any(|range| range.end + 1 == person.start)
            && !(person.start > 1 && self.tokens[person.start - 2].may_be("trẻ"));
        near && (suffered || self.happens(person.end, act.start) || self.befalls_a_child(act))
    }

    /// "thầy giáo sờ mó học sinh nữ": a word for a child stands right after the act.
    fn befalls_a_child(&self, act: &Range<usize>) -> bool {
        const CHILD: [&str; 7] = ["trẻ", "em", "cháu", "bé", "học", "nữ", "con"];
        let next = self.tokens.get(act.end);
        next.is_some_and(|token| token.may_be_any(&CHILD))
    }

    /// "bị" stands right before the act, and before that no word for children in general.
    fn is_suffered(&self, act: &Range<usize>) -> bool {
        let Some(passive) = act.start.checked_sub(1) else {
            return false;
        };
        self.tokens[passive].may_be("bị") && !self.general.iter().any(|range| range.end == passive)
    }

    /// Somebody is named by more than one word ("con tôi", "bé nhà bên"), and no rules are asked for.
    fn tells_of_somebody(&self) -> bool {
        let named = self.victims.iter().any(|victim| victim.len() > 1);
        named && !self.calm && !self.asks.documents
    }

    /// "tôi sợ con tôi bị bạo hành ở trường, kế hoạch có …": somebody named by more than one word suffers it,
    /// whatever is asked of documents.
    fn somebody_suffers(&self) -> bool {
        let mut victims = self.victims.iter().filter(|victim| victim.len() > 1);
        victims.any(|victim| {
            let next = self.tokens.get(victim.end);
            let befalls = self.asks.of_a_document && next.is_some_and(|next| next.may_be("bị"));
            let mut acts = self.acts.iter();
            befalls || acts.any(|act| self.is_suffered(act) && self.suffers(victim, act))
        })
    }

    /// Whether any word tells of harm, fear or need.
    fn any(&self) -> bool {
        self.certain || self.distress || self.weak || !self.acts.is_empty()
    }

    /// "chó nhà em chết rồi, em khóc suốt": an animal died or is gone, and nobody does or suffers anything else.
    fn of_an_animal(&self) -> bool {
        const LOST: [&str; 6] = ["chết", "mất", "bay", "ốm", "bệnh", "lạc"];
        /// "chó nhà em nuôi từ nhỏ chết": so many words stand between.
        const BETWEEN: usize = 6;
        let lost = |animal: &Range<usize>| {
            let mut after = self.tokens.iter().skip(animal.end).take(BETWEEN + 1);
            after.any(|token| token.may_be_any(&LOST))
        };
        // Who is afraid, or names somebody who may do harm, tells of more than an animal.
        let nothing_else =
            !self.certain && !self.distress && self.acts.is_empty() && self.perpetrators.is_empty();
        nothing_else && self.animals.iter().any(lost)
    }

    /// Nobody is named and nothing that is done or felt: "sửa ống nước", "giá vàng hôm nay".
    fn of_nobody(&self) -> bool {
        let named = !self.victims.is_empty() || !self.perpetrators.is_empty();
        let mut tokens = self.tokens.iter();
        !self.any() && !named && !tokens.any(|token| token.may_be_any(PEOPLE))
    }

    /// Somebody asks where to report what is done to a child.
    fn reports(&self) -> bool {
        // In the words of rules too: "phát hiện xâm hại thì báo cho ai" is asked by who has found it.
        let done = !self.acts.is_empty() || !self.victims.is_empty();
        self.report && done && !(self.calm && self.asks.of_a_document)
    }

    /// "bị bắt nạt", "bị tống tiền trên mạng": few words without a subject are said of oneself.
    fn suffers_it_oneself(&self) -> bool {
        const FEW: usize = 6;
        let begins = self.tokens.first().is_some_and(|token| token.may_be("bị"));
        let done = self.acts.iter().any(|act| act.start == 1);
        begins && done && self.tokens.len() <= FEW && !self.asks.of_a_document && !self.asks.penalty
    }

    /// Somebody tells of himself or of a child at hand, and asks for nothing that documents hold.
    fn is_story(&self) -> bool {
        let person = |at: usize| {
            let inside = self.general.iter().any(|range| range.contains(&at));
            !inside && self.tokens[at].may_be_any(PEOPLE)
        };
        !self.asks.documents && (!self.victims.is_empty() || (0..self.tokens.len()).any(person))
    }
}

/// "đường dây nóng bảo vệ trẻ em là số nào": which number is called for a child.
fn asks_for_the_hotline(corpus: &Corpus, tokens: &[Token], restored: &[String]) -> bool {
    const CHILD: [&str; 4] = ["trẻ", "bé", "nít", "nhỏ"];
    const WHICH: [&str; 6] = ["mấy", "nào", "gì", "bao", "gọi", "xin"];
    /// Nobody asks anything else in so few words.
    const FEW: usize = 8;
    let named = !matches(&corpus.lexicon.danger.hotline, tokens, restored).is_empty();
    let says = |words: &[&str]| restored.iter().any(|word| words.contains(&word.as_str()));
    let asks = (says(&["số"]) && says(&WHICH)) || restored.len() <= FEW;
    named && says(&CHILD) && asks
}

/// "tố cáo bạo lực gia đình ở đâu": to tell of something, and where or whom.
fn asks_where_to_tell(tokens: &[Token]) -> bool {
    const TELL: [[&str; 2]; 7] = [
        ["tố", "cáo"],
        ["tố", "giác"],
        ["trình", "báo"],
        ["khai", "báo"],
        ["báo", "tin"],
        ["chuyển", "tin"],
        ["gửi", "tin"],
    ];
    const WHERE: [&str; 3] = ["đâu", "ai", "nào"];
    /// What is told of stands between.
    const BETWEEN: usize = 16;
    let told = tokens.windows(2).position(|two| {
        TELL.iter()
            .any(|tell| two[0].may_be(tell[0]) && two[1].may_be(tell[1]))
    });
    told.is_some_and(|at| {
        let mut after = tokens[at + 2..].iter().take(BETWEEN + 1);
        after.any(|token| token.may_be_any(&WHERE))
    })
}

/// Phrases that are listed as meaning something else than the words in them.
fn other_meanings(corpus: &Corpus, tokens: &[Token]) -> Vec<Range<usize>> {
    let all = corpus.lexicon.phrases.find(tokens).into_iter();
    all.filter(|found| found.value.1 == Form::Not)
        .map(|found| found.tokens)
        .collect()
}

fn matches(table: &PhraseTable<()>, tokens: &[Token], restored: &[String]) -> Vec<Range<usize>> {
    table
        .find(tokens)
        .into_iter()
        .filter(|found| means(tokens, restored, found))
        .map(|found| found.tokens)
        .collect()
}

/// Longer phrases in which a word for a person is none: "trẻ em", "cho em hỏi".
fn general_phrases(corpus: &Corpus, tokens: &[Token]) -> Vec<Range<usize>> {
    let concepts = corpus
        .lexicon
        .phrases
        .find(tokens)
        .into_iter()
        .map(|found| found.tokens);
    let free = corpus
        .lexicon
        .content_free
        .find(tokens)
        .into_iter()
        .map(|found| found.tokens);
    concepts
        .chain(free)
        .filter(|range| range.len() > 1)
        .collect()
}
