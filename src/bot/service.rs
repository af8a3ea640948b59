//! The engine as the bot uses it: swapped when the corpus changes, and with what operators have
//! switched off taken out of every answer, in this one place.

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use crate::answer::{Answer, Block, Citation, Context, Kind, PassageId, plain_text};
use crate::engine::{Engine, Reply};
use crate::render::telegram::Surroundings;
use crate::store::Switches;

use super::phrases;

/// Where the corpus and its index are.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The documents and tables.
    pub corpus: PathBuf,
    /// The built index.
    pub index: PathBuf,
}

/// The engine behind a lock, and the switches.
pub struct Service {
    folders: Folders,
    engine: RwLock<Arc<Engine>>,
    switches: RwLock<Switches>,
}

impl Service {
    /// Takes an engine that is open.
    pub fn new(engine: Engine, folders: Folders, switches: Switches) -> Self {
        Self {
            folders,
            engine: RwLock::new(Arc::new(engine)),
            switches: RwLock::new(switches),
        }
    }

    /// The engine of now; whoever holds it keeps it while another takes its place.
    pub fn engine(&self) -> Arc<Engine> {
        let engine = self.engine.read().unwrap_or_else(|e| e.into_inner());
        Arc::clone(&engine)
    }

    /// What is switched off.
    pub fn switches(&self) -> Switches {
        let switches = self.switches.read().unwrap_or_else(|e| e.into_inner());
        switches.clone()
    }

    /// Switches something off or on again.
    pub fn set_switches(&self, switches: Switches) {
        *self.switches.write().unwrap_or_else(|e| e.into_inner()) = switches;
    }

    /// Opens the corpus anew. One with problems is refused, and they are returned as lines.
    pub fn reload(&self) -> Result<String, Vec<String>> {
        let opened = Engine::open(&self.folders.corpus, Some(&self.folders.index))
            .map_err(|error| vec![error.to_string()])?;
        let problems = opened.engine.corpus().problems();
        if !problems.is_empty() {
            return Err(problems.iter().map(ToString::to_string).collect());
        }
        let fingerprint = opened.engine.corpus().fingerprint.clone();
        *self.engine.write().unwrap_or_else(|e| e.into_inner()) = Arc::new(opened.engine);
        Ok(fingerprint)
    }

    /// Puts an emptied engine in the place of a full one. Who is asking the full one goes on with it.
    fn empty(&self, full: &Arc<Engine>) {
        let mut engine = self.engine.write().unwrap_or_else(|e| e.into_inner());
        if Arc::ptr_eq(&engine, full) {
            *engine = Arc::new(full.emptied());
        }
    }

    /// Answers a question.
    pub fn ask(&self, text: &str, context: &Context, only_documents: bool) -> Reply {
        let engine = self.engine();
        let mut reply = if only_documents {
            engine.ask_of_documents(text, context)
        } else {
            engine.ask(text, context)
        };
        if engine.is_full() {
            self.empty(&engine);
        }
        reply.answer = self.shown(reply.answer);
        reply
    }

    /// A place read out; `None` when the corpus does not have it.
    pub fn read(&self, place: &PassageId) -> Option<Answer> {
        self.engine().read(place).map(|answer| self.shown(answer))
    }

    /// What the other documents say on the topic of a place.
    pub fn elsewhere(&self, place: &PassageId) -> Option<Answer> {
        let answer = self.engine().elsewhere(place)?;
        Some(self.shown(answer))
    }

    /// The duties of a unit.
    pub fn duties(&self, unit: &str) -> Option<Answer> {
        self.engine().duties(unit).map(|answer| self.shown(answer))
    }

    /// A card on a topic.
    pub fn card(&self, topic: &str) -> Answer {
        self.shown(self.engine().card(topic))
    }

    /// Passages near some words, from one on, and how many there are.
    pub fn search(&self, words: &str, from: usize, count: usize) -> (Vec<Citation>, usize) {
        let (mut found, all) = self.engine().search(words, from, count);
        found.retain(|citation| !self.is_hidden(&citation.passage));
        (found, all)
    }

    /// Whether a place, or what it stands in, is switched off.
    pub fn is_hidden(&self, place: &PassageId) -> bool {
        let switches = self.switches.read().unwrap_or_else(|e| e.into_inner());
        switches.hidden.iter().any(|hidden| hidden.covers(place))
    }

    /// What lies around the first citation of an answer.
    pub fn surroundings(&self, answer: &Answer) -> Surroundings {
        let Some(first) = answer.citations.first() else {
            return Surroundings::default();
        };
        let engine = self.engine();
        let around = engine.around(&first.passage);
        let open = |place: Option<PassageId>| place.filter(|place| !self.is_hidden(place));
        Surroundings {
            section: open(around.section),
            previous: open(around.previous),
            next: open(around.next),
            elsewhere: engine.corpus().documents.len() > 1 && first.passage.path() != "",
        }
    }

    /// The answer without what is switched off.
    fn shown(&self, answer: Answer) -> Answer {
        let hidden: Vec<bool> = answer
            .citations
            .iter()
            .map(|citation| self.is_hidden(&citation.passage))
            .collect();
        if hidden.contains(&true) {
            without(answer, &hidden)
        } else {
            answer
        }
    }
}

/// The answer without some of its citations; when none is left, the line that says so.
fn without(mut answer: Answer, hidden: &[bool]) -> Answer {
    let mut place_of = Vec::with_capacity(hidden.len());
    let mut kept = Vec::new();
    for (citation, hidden) in answer.citations.drain(..).zip(hidden) {
        place_of.push((!hidden).then_some(kept.len()));
        if !hidden {
            kept.push(citation);
        }
    }
    answer.citations = kept;
    if answer.citations.is_empty() {
        if answer.kind == Kind::Answer {
            answer.kind = Kind::Abstain;
        }
        answer.units.clear();
        // The way back from an urgent reply stays.
        if answer.kind != Kind::Urgent {
            answer.suggestions.clear();
        }
        answer.blocks.retain(|block| match block {
            Block::Frame(_) => answer.kind == Kind::Urgent,
            _ => false,
        });
        answer.blocks.push(Block::Frame(phrases::HIDDEN.to_owned()));
    } else {
        answer.blocks.retain_mut(|block| match block {
            Block::Quote(index) => match place_of.get(*index).copied().flatten() {
                Some(place) => {
                    *index = place;
                    true
                }
                None => false,
            },
            _ => true,
        });
        answer.blocks.push(Block::Note(phrases::HIDDEN.to_owned()));
    }
    answer.text = plain_text(&answer.blocks, &answer.citations);
    answer
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn service(hidden: &[&str]) -> Service {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let engine = Engine::open(&corpus, None).unwrap().engine;
        let folders = Folders {
            corpus,
            index: PathBuf::new(),
        };
        let switches = Switches {
            bot_off: false,
            hidden: hidden.iter().copied().map(PassageId::new).collect(),
        };
        Service::new(engine, folders, switches)
    }

    #[test]
    fn what_is_switched_off_is_quoted_nowhere() {
        let question = "Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì?";
        let open = service(&[])
            .ask(question, &Context::default(), false)
            .answer;
        let first = open.citations[0].passage.clone();
        let service = service(&[first.as_str()]);
        let answer = service.ask(question, &Context::default(), false).answer;
        assert!(answer.citations.iter().all(|c| c.passage != first));
        assert!(answer.text.contains(phrases::HIDDEN));
        assert!(!answer.text.contains(&open.citations[0].quote));
        let read = service.read(&first).unwrap();
        assert_eq!((read.kind, read.citations.len()), (Kind::Abstain, 0));
        let (found, _) = service.search("tuyên truyền", 0, 20);
        assert!(found.iter().all(|c| c.passage != first));
    }

    #[test]
    fn a_document_switched_off_hides_all_its_passages() {
        let service = service(&["ke-hoach-109"]);
        let reply = service.ask("mục III.4 viết gì?", &Context::default(), false);
        assert!(reply.answer.citations.is_empty());
        assert!(service.is_hidden(&PassageId::new("ke-hoach-109#III.4")));
        assert!(!service.is_hidden(&PassageId::new("chi-thi-28#boi-canh.1")));
    }
}
