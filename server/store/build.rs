//! Migrations are embedded when the store is compiled: a new file must be noticed.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
