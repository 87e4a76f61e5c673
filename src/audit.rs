//! What the audit log keeps: who did what to what, when, and from where.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Someone signed in.
    SignedIn,
    /// A name and password were refused, or there were too many tries.
    SignInRefused,
    /// Someone signed out, or was signed out.
    SignedOut,
    /// A password was set or changed.
    PasswordSet,
    /// Something was asked for that the asker may not do or see.
    Refused,
    /// A file was handed in or sent.
    HandedIn,
    /// An import was started.
    Imported,
    /// An import was taken back.
    Undone,
    /// A mapping was kept.
    MappingKept,
    /// A list of case files left the building.
    ListTaken,
    /// A chart, table, brief or form left the building.
    DocumentTaken,
    /// A month was frozen.
    MonthFrozen,
    /// The letterhead or what a meeting concluded was written down.
    NoteWritten,
    /// A person was let in, or a link was made for one.
    PersonInvited,
    /// A person's role, agency or state was changed.
    PersonChanged,
    /// The audit log was read or taken away.
    AuditRead,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 16] = [
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
        Self::PasswordSet,
        Self::Refused,
        Self::HandedIn,
        Self::Imported,
        Self::Undone,
        Self::MappingKept,
        Self::ListTaken,
        Self::DocumentTaken,
        Self::MonthFrozen,
        Self::NoteWritten,
        Self::PersonInvited,
        Self::PersonChanged,
        Self::AuditRead,
    ];

    /// The word in the table and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::PasswordSet => "password_set",
            Self::Refused => "refused",
            Self::HandedIn => "handed_in",
            Self::Imported => "imported",
            Self::Undone => "undone",
            Self::MappingKept => "mapping_kept",
            Self::ListTaken => "list_taken",
            Self::DocumentTaken => "document_taken",
            Self::MonthFrozen => "month_frozen",
            Self::NoteWritten => "note_written",
            Self::PersonInvited => "person_invited",
            Self::PersonChanged => "person_changed",
            Self::AuditRead => "audit_read",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::SignedIn => lang.of("Đăng nhập", "Signed in"),
            Self::SignInRefused => lang.of("Từ chối đăng nhập", "Sign-in refused"),
            Self::SignedOut => lang.of("Đăng xuất", "Signed out"),
            Self::PasswordSet => lang.of("Đặt mật khẩu", "Password set"),
            Self::Refused => lang.of("Từ chối", "Refused"),
            Self::HandedIn => lang.of("Nộp tệp", "File handed in"),
            Self::Imported => lang.of("Nhập dữ liệu", "Import started"),
            Self::Undone => lang.of("Hoàn tác", "Import undone"),
            Self::MappingKept => lang.of("Lưu ánh xạ", "Mapping kept"),
            Self::ListTaken => lang.of("Tải danh sách", "List taken away"),
            Self::DocumentTaken => lang.of("Tải biểu, báo cáo", "Document taken away"),
            Self::MonthFrozen => lang.of("Chốt tháng", "Month frozen"),
            Self::NoteWritten => lang.of("Ghi kết luận, thể thức", "Note written"),
            Self::PersonInvited => lang.of("Cấp tài khoản", "Person invited"),
            Self::PersonChanged => lang.of("Sửa tài khoản", "Person changed"),
            Self::AuditRead => lang.of("Xem nhật ký", "Audit log read"),
        }
    }
}

/// The text names no action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không có loại việc này / there is no such action")]
pub struct ParseActionError;

impl FromStr for Action {
    type Err = ParseActionError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or(ParseActionError)
    }
}

/// One line of the log, before it is numbered and chained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in seconds since 1970 (UTC).
    pub at: i64,
    /// Who: the sign-in name, a system's name, `(visitor)` or `(this machine)`.
    pub actor: String,
    /// As what: the word of the role.
    pub role: String,
    /// What was done.
    pub action: Action,
    /// To what: an address, a file, a batch, a person.
    pub object: String,
    /// What else is worth knowing: how many rows, the reason given.
    pub detail: String,
    /// The network address it came from; empty on the command line.
    pub from_address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_keeps_its_word() {
        for action in Action::ALL {
            assert_eq!(action.as_str().parse(), Ok(action));
            assert_eq!(serde_json::to_string(&action).expect("json"), format!("\"{}\"", action.as_str()));
        }
    }
}
