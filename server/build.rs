//! The site (client, style, fonts) is embedded into the binary: its folder must be there, and a change noticed.

fn main() -> std::io::Result<()> {
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site");
    std::fs::create_dir_all(site)?;
    println!("cargo:rerun-if-changed={site}");
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
