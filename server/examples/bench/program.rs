//! The release binary in processes of its own: how long a command took, and how much memory it had.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Write as _},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
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

    /// The same with a line of standard input.
    pub fn told(&self, url: &str, arguments: &[&str], line: &str) -> anyhow::Result<()> {
        let mut child = self.command(url, arguments)?.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        writeln!(child.stdin.take().context("a pipe")?, "{line}")?;
        let status = child.wait()?;
        anyhow::ensure!(status.success(), "thuocdo {arguments:?}: {status}");
        Ok(())
    }

    pub fn serve(&self, url: &str) -> anyhow::Result<Server> {
        self.serve_with(url, &[])
    }

    /// The same with more arguments.
    pub fn serve_with(&self, url: &str, arguments: &[&str]) -> anyhow::Result<Server> {
        let folder = tempfile::tempdir()?;
        let uploads = folder.path().join("uploads");
        let uploads = uploads.to_str().context("a path in UTF-8")?;
        let first = ["serve", "--uploads", uploads, "--listen", "127.0.0.1:0"];
        let mut child = self
            .command(url, &[&first, arguments].concat())?
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join(LOG))?)
            .spawn()?;
        let out = BufReader::new(child.stdout.take().context("a pipe")?);
        let mut server = Server { root: String::new(), child, out, folder };
        server.root = server.address().with_context(|| server.log())?;
        Ok(server)
    }
}

/// Where a server's log goes.
const LOG: &str = "log.txt";

/// A server that ends with this value.
pub struct Server {
    pub root: String,
    child: Child,
    out: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
}

impl Server {
    /// The most memory it had so far, in MB.
    pub fn peak(&self) -> u64 {
        most_memory(self.child.id())
    }

    /// The memory that it has, in MB.
    pub fn memory(&self) -> u64 {
        memory(self.child.id(), "VmRSS")
    }

    /// The address in the next line it says.
    pub fn address(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.out.read_line(&mut line)?;
        let root = line.split_whitespace().find(|word| word.starts_with("http://")).context("an address")?;
        Ok(root.trim_end_matches('/').to_owned())
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn most_memory(process: u32) -> u64 {
    memory(process, "VmHWM")
}

/// A measure of memory that the kernel keeps of a process, in MB.
fn memory(process: u32, measure: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(measure)).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}
