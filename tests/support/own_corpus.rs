//! The engine over the project's own corpus, for tests that ask it.

use std::path::Path;
use std::sync::OnceLock;

use hoidap::corpus::Corpus;
use hoidap::engine::Engine;
use hoidap::index;

/// The engine, opened once.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let (corpus, _) = Corpus::load(&folder).expect("the project's corpus loads");
        let index = index::open_in_memory(&corpus).expect("an index in memory");
        Engine::new(corpus, index)
    })
}
