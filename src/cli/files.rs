//! Files of a corpus replaced as a set. Each is written whole beside the old one; a list of them
//! says that all are there; then each is renamed into place. Stopped before the list, nothing has
//! changed; stopped after it, the next run finishes, and until then the list tells `hoidap check`
//! what happened.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::corpus::UNFINISHED_FILE;

/// Folder of the corpus for what was there before.
const BEFORE: &str = "goc";
/// What a file is called until it is in place.
const ASIDE: &str = ".tam";

/// What is done to a disk, so that tests can have it fail.
trait Disk {
    /// Writes a file, and has it kept when the machine stops.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Puts a file in the place of another.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
}

struct Real;

impl Disk for Real {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // A link that somebody has put under this name is not followed.
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Puts the files `writes` into the folder, all or none; what they replace is kept under `goc/`
/// with the day in its name. Gives the paths written.
///
/// # Errors
/// When the disk refuses. The folder is then as it was, or [`finish`] can make it as it should be.
pub fn write(
    folder: &Path,
    replaced: &[(String, Vec<u8>)],
    writes: &[(String, Vec<u8>)],
    day: &str,
) -> io::Result<Vec<PathBuf>> {
    write_on(&mut Real, folder, replaced, writes, day)
}

/// Finishes what a run before could not; gives the paths written.
///
/// # Errors
/// When the disk refuses.
pub fn finish(folder: &Path) -> io::Result<Vec<PathBuf>> {
    finish_on(&mut Real, folder)
}

fn write_on(
    disk: &mut impl Disk,
    folder: &Path,
    replaced: &[(String, Vec<u8>)],
    writes: &[(String, Vec<u8>)],
    day: &str,
) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let before = folder.join(BEFORE);
    let mut written = Vec::new();
    for (name, bytes) in replaced {
        fs::create_dir_all(&before)?;
        let path = free(&before, name, day);
        let aside = aside(&path);
        disk.write(&aside, bytes)
            .or_else(|error| undo(disk, std::slice::from_ref(&aside), error))?;
        disk.rename(&aside, &path)?;
        written.push(path);
    }
    let mut names: Vec<&str> = Vec::new();
    let mut made = Vec::new();
    for (name, bytes) in in_order(writes) {
        let aside = aside(&folder.join(name));
        made.push(aside.clone());
        disk.write(&aside, bytes)
            .or_else(|error| undo(disk, &made, error))?;
        names.push(name);
    }
    // The list appears whole or not at all, and with it the whole set.
    let list = folder.join(UNFINISHED_FILE);
    let list_aside = aside(&list);
    made.push(list_aside.clone());
    disk.write(&list_aside, names.join("\n").as_bytes())
        .and_then(|()| disk.rename(&list_aside, &list))
        .or_else(|error| undo(disk, &made, error))?;
    written.extend(finish_on(disk, folder)?);
    Ok(written)
}

/// Documents, then the units, then what names both: a table never speaks of what is not there yet.
fn in_order(writes: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    let mut files: Vec<(&str, &[u8])> = writes
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    files.sort_by_key(|(name, _)| match *name {
        name if name.ends_with(".md") => 0,
        crate::corpus::UNITS_FILE => 1,
        _ => 2,
    });
    files
}

/// Takes away what was written aside, so that nothing half done stays beside the corpus.
fn undo<D: Disk>(disk: &mut D, made: &[PathBuf], error: io::Error) -> io::Result<()> {
    for path in made {
        // What was never made cannot be taken away.
        let _ = disk.remove(path);
    }
    Err(error)
}

fn finish_on(disk: &mut impl Disk, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let list = folder.join(UNFINISHED_FILE);
    let names = match fs::read_to_string(&list) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut written = Vec::new();
    // A name with a folder in it was not written here.
    for name in names.lines().filter(|name| !name.contains(['/', '\\'])) {
        let path = folder.join(name);
        let aside = aside(&path);
        // What is in place already was put there before the stop.
        if aside.exists() {
            disk.rename(&aside, &path)?;
            written.push(path);
        }
    }
    disk.remove(&list)?;
    Ok(written)
}

fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(ASIDE);
    path.with_file_name(name)
}

/// A name that no file has yet: `ke-hoach-109.truoc-2026-05-01.md`.
fn free(folder: &Path, name: &str, day: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let named = |again: &str| folder.join(format!("{stem}.truoc-{day}{again}.{ending}"));
    let mut path = named("");
    let mut times = 1;
    while path.exists() {
        times += 1;
        path = named(&format!("-{times}"));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    /// A disk that stops at its nth act, as when the power fails: nothing is done after.
    struct Failing {
        left: usize,
    }

    impl Failing {
        fn act(&mut self, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
            self.left = match self.left {
                0 => return Err(io::Error::other("the power failed")),
                left => left - 1,
            };
            act()
        }
    }

    impl Disk for Failing {
        fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            // The last write before the end leaves half a file.
            if self.left == 1 {
                fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
                self.left = 0;
                return Err(io::Error::other("the power failed"));
            }
            self.act(|| Real.write(path, bytes))
        }

        fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
            self.act(|| Real.rename(from, to))
        }

        fn remove(&mut self, path: &Path) -> io::Result<()> {
            self.act(|| Real.remove(path))
        }
    }

    const BODY: &str = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"1-KH\"\nshort = \"Kế hoạch 1\"\ntitle = \"A\"\nissuer = \"B\"\n+++\n\n## I. VIỆC\n\n1. ";

    fn files(task: &str) -> Vec<(String, Vec<u8>)> {
        let unit =
            "[[unit]]\nid = \"so\"\nname = \"Sở Y tế\"\nlevel = \"tinh\"\nkind = \"named\"\n";
        let given = format!(
            "[[assignment]]\nunit = [\"so\"]\nrole = \"thuc-hien\"\npassage = \"kh#I.1\"\ntask = \"{task}\"\n"
        );
        vec![
            ("phan-cong.toml".to_owned(), given.into_bytes()),
            ("don-vi.toml".to_owned(), unit.into()),
            (
                "kh.md".to_owned(),
                format!("{BODY}Sở Y tế {task}.\n").into_bytes(),
            ),
        ]
    }

    fn folder_of(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    fn now(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let names = ["phan-cong.toml", "don-vi.toml", "kh.md"];
        names
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), fs::read(folder.join(name)).ok()?)))
            .collect()
    }

    /// What `check` says: all that reading finds, and what the tables do not agree on.
    fn problems(folder: &Path) -> Vec<String> {
        let (corpus, _) = Corpus::load(folder).unwrap();
        corpus.problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn wherever_it_stops_the_folder_is_sound_or_says_why_it_is_not() {
        let (old, new) = (files("lập danh sách"), files("rà soát trẻ em"));
        let mut explained = 0;
        for stop in 0.. {
            let folder = folder_of(&old);
            let path = folder.path();
            let mut disk = Failing { left: stop };
            let done = write_on(&mut disk, path, &old, &new, "2026-05-01");
            let (found, here) = (problems(path), now(path));
            if path.join(UNFINISHED_FILE).exists() {
                explained += 1;
                assert!(
                    found
                        .iter()
                        .any(|problem| problem.contains(UNFINISHED_FILE)),
                    "{stop}: {found:?}"
                );
                finish(path).unwrap();
                assert_eq!(now(path), new, "{stop}");
            } else {
                assert!(here == old || here == new, "{stop}: {here:?}");
                assert_eq!(finish(path).unwrap(), [""; 0].map(PathBuf::from), "{stop}");
            }
            assert_eq!(problems(path), [""; 0], "{stop}");
            if done.is_ok() {
                break;
            }
        }
        assert!(explained > 3, "{explained}");
    }

    #[test]
    fn into_an_empty_folder() {
        let new = files("rà soát trẻ em");
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("moi");
        let written = write(&inner, &[], &new, "2026-05-01").unwrap();
        assert_eq!(written.len(), 3);
        assert_eq!(now(&inner), new);
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 3);
    }

    #[test]
    fn what_was_before_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "a.md", "2026-05-01");
        fs::write(&first, "x").unwrap();
        let second = free(folder.path(), "a.md", "2026-05-01");
        assert_eq!(first.file_name().unwrap(), "a.truoc-2026-05-01.md");
        assert_eq!(second.file_name().unwrap(), "a.truoc-2026-05-01-2.md");
    }
}
