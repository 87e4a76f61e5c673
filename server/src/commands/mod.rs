//! What the commands do, one file each.

pub mod backup;
pub mod batches;
pub mod demo;
pub mod export;
pub mod import;
pub mod readings;
pub mod serve;
pub mod token;
pub mod user;
pub mod verify;

use store::Store;
use thuocdo::{
    access::Role,
    audit::{Action, Entry},
};

use crate::clock;

/// Who the audit log says did what a command did: whoever holds the database.
const COMMAND_LINE: &str = "(command line)";

/// Notes in the audit log what a command did.
async fn note(store: &Store, action: Action, object: &str, detail: &str) -> anyhow::Result<()> {
    let entry = Entry {
        at: clock::seconds(),
        actor: COMMAND_LINE.to_owned(),
        role: Role::Admin.as_str().to_owned(),
        action,
        object: object.to_owned(),
        detail: detail.to_owned(),
        from_address: String::new(),
    };
    Ok(store.people().note(&entry).await?)
}
