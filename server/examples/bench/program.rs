//! The release binary in processes of its own: how long a command took, and how much memory it had.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;

/// The day on which everything happens.
const TODAY: &str = "2024-01-15";

pub struct Program(PathBuf);

/// A command that has ended well.
pub struct Ran {
    pub took: Duration,
    /// The most memory it had, in MB.
    pub peak: u64,
}

impl Program {
    /// `target/release/thuocdo` beside `target/release/examples/bench`.
    pub fn beside_this_one() -> anyhow::Result<Self> {
        let bench = std::env::current_exe()?;
        let binary =
            bench.parent().and_then(|examples| examples.parent()).context("a folder")?.join("thuocdo");
        anyhow::ensure!(binary.exists(), "{} is missing: use `make bench`", binary.display());
        Ok(Self(binary))
    }

    fn command(&self, url: &str, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(&self.0);
        command.args(["--database-url", url]).args(arguments).env("THUOCDO_TODAY", TODAY);
        // Rows that were set aside and files handed in go beside the database.
        command.current_dir(std::env::temp_dir());
        Ok(command)
    }

    pub fn output(&self, url: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command(url, arguments)?.output()?;
        anyhow::ensure!(
            output.status.success(),
            "thuocdo {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    pub fn timed(&self, url: &str, arguments: &[&str]) -> anyhow::Result<Ran> {
        let begun = Instant::now();
        let mut child = self.command(url, arguments)?.stdout(Stdio::null()).spawn()?;
        let mut peak = 0;
        loop {
            peak = peak.max(most_memory(child.id()));
            if let Some(status) = child.try_wait()? {
                anyhow::ensure!(status.success(), "thuocdo {arguments:?}: {status}");
                return Ok(Ran { took: begun.elapsed(), peak });
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn serve(&self, url: &str) -> anyhow::Result<Server> {
        let uploads = tempfile::tempdir()?;
        let folder = uploads.path().to_str().context("a path in UTF-8")?;
        let mut child = self
            .command(url, &["serve", "--uploads", folder, "--listen", "127.0.0.1:0"])?
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("a pipe")?).read_line(&mut line)?;
        let root = line.split_whitespace().find(|word| word.starts_with("http://")).context("an address")?;
        Ok(Server { root: root.trim_end_matches('/').to_owned(), child, _uploads: uploads })
    }
}

/// A server that ends with this value.
pub struct Server {
    pub root: String,
    child: Child,
    _uploads: tempfile::TempDir,
}

impl Server {
    /// The most memory it had so far, in MB.
    pub fn peak(&self) -> u64 {
        most_memory(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}
