//! People, sessions, links, failed sign-ins and the audit log, on both engines.

use store::{
    Store,
    people::{AuditQuestion, Failures, Invited, Kept, NewPerson, Vouched},
    testing::{Cluster, tamper},
};
use thuocdo::{
    access::Role,
    agency::Scope,
    audit::{Action, Entry},
};

#[tokio::test]
async fn people_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/people.db", folder.path().display());
    tell(&Store::open(&url).await.expect("opens")).await;
    let file = folder.path().join("people.people.db");
    assert!(file.exists(), "a file of their own");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it holds hashes of passwords");
    }
}

#[tokio::test]
async fn people_on_postgresql() {
    let cluster = Cluster::start();
    tell(&Store::open(&cluster.database("people")).await.expect("opens")).await;
}

async fn tell(store: &Store) {
    of_two_who_hold_the_first_link_one_gets_in(store).await;
    a_name_is_given_once_and_a_new_role_ends_every_session(store).await;
    a_link_is_used_once_and_not_after_its_time(store).await;
    failures_are_counted_by_name_and_by_address_until_forgiven(store).await;
    who_a_provider_vouches_for_keeps_the_account_although_somebody_else_gets_the_name(store).await;
    a_removed_or_changed_line_of_the_log_shows(store).await;
    store.close().await;
}

fn new(name: &str, role: Role, agency: Option<&str>) -> NewPerson {
    let shown_as = format!("Người {name}");
    NewPerson {
        name: name.to_owned(),
        shown_as,
        role,
        agency_code: agency.map(str::to_owned),
        openid_name: None,
    }
}

async fn of_two_who_hold_the_first_link_one_gets_in(store: &Store) {
    let people = store.people();
    assert!(!people.has_any().await.expect("known"));
    people.invite(Invited::FirstAdmin, "old", 100).await.expect("invites");
    people.invite(Invited::FirstAdmin, "link", 100).await.expect("invites anew");
    assert_eq!(people.invited("old", 50).await.expect("known"), None, "the later link stands alone");
    assert_eq!(people.invited("link", 50).await.expect("known"), Some(Invited::FirstAdmin));
    assert_eq!(people.invited("link", 100).await.expect("known"), None, "its time is over");
    let (one, other) = (new("one", Role::Admin, None), new("other", Role::Admin, None));
    let (one, other) = tokio::join!(
        people.let_first_in("link", &one, "hash", "s", 50),
        people.let_first_in("link", &other, "hash", "s", 50)
    );
    let in_number = [one, other].into_iter().filter_map(|came| came.expect("answers")).count();
    assert_eq!(in_number, 1);
    assert!(people.has_any().await.expect("known"));
    people.invite(Invited::FirstAdmin, "late", 100).await.expect("invites");
    let late = people.let_first_in("late", &new("late", Role::Admin, None), "hash", "s", 50).await;
    assert_eq!(late.expect("answers"), None, "there is a first administrator");
}

async fn a_name_is_given_once_and_a_new_role_ends_every_session(store: &Store) {
    let people = store.people();
    let lan = new("lan", Role::Analyst, Some("271"));
    let id = people.let_in(&lan, "s1", 1).await.expect("answers").expect("a new name");
    assert_eq!(people.let_in(&lan, "s2", 2).await.expect("answers"), None, "the name is taken");
    let account = people.account("lan").await.expect("known").expect("an account");
    assert_eq!((account.person.role, account.person.has_password), (Role::Analyst, false));
    assert_eq!(account.person.actor().scope, Scope::Below("271".to_owned()));

    let kept = |hash: &str, data: &str| Kept {
        hash: hash.to_owned(),
        person_id: Some(id),
        data: data.to_owned(),
        signed_in_at: Some(1),
        seen_at: Some(2),
        browser: "Firefox".to_owned(),
        from_address: "10.0.0.7".to_owned(),
        expires_at: 50,
    };
    for hash in ["a", "b", "c"] {
        assert!(people.keep_session(&kept(hash, "{}"), true).await.expect("keeps"));
    }
    assert!(!people.keep_session(&kept("a", "{1}"), true).await.expect("answers"), "a is somebody's already");
    assert!(people.keep_session(&kept("a", "{2}"), false).await.expect("saves"));
    assert_eq!(people.session("a", 10).await.expect("known"), Some(("{2}".to_owned(), 50)));
    assert_eq!(people.session("a", 50).await.expect("known"), None, "its time is over");
    people.end_sessions(id, Some("b"), None).await.expect("ends one");
    let hashes = |sessions: Vec<store::people::Session>| -> Vec<String> {
        sessions.into_iter().map(|session| session.hash).collect()
    };
    assert_eq!(hashes(people.sessions_of(id, 10).await.expect("lists")), ["a", "c"]);
    people.end_sessions(id, None, Some("a")).await.expect("ends the others");
    assert_eq!(hashes(people.sessions_of(id, 10).await.expect("lists")), ["a"]);
    assert!(!people.keep_session(&kept("c", "{}"), false).await.expect("answers"), "what was ended stays so");

    assert!(people.change(id, &new("lan", Role::DataOfficer, None), "s3").await.expect("changes"));
    assert_eq!(people.sessions_of(id, 10).await.expect("lists"), []);
    let lan = people.person(id).await.expect("known").expect("a person");
    assert_eq!((lan.role, lan.agency_code, lan.stamp.as_str()), (Role::DataOfficer, None, "s3"));
    people.set_disabled(id, Some(9), "s4").await.expect("shuts");
    assert_eq!(people.person(id).await.expect("known").expect("a person").disabled_at, Some(9));
    assert_eq!(people.others_with(Role::Admin, id).await.expect("counts"), 1);
}

async fn a_link_is_used_once_and_not_after_its_time(store: &Store) {
    let people = store.people();
    let id = people.let_in(&new("minh", Role::Leader, None), "s", 1).await.expect("answers").expect("new");
    people.invite(Invited::Person(id), "m", 100).await.expect("invites");
    assert_eq!(people.invited("m", 99).await.expect("known"), Some(Invited::Person(id)));
    assert!(!people.use_up("m", 100).await.expect("answers"), "too late");
    assert!(people.use_up("m", 99).await.expect("answers"));
    assert!(!people.use_up("m", 99).await.expect("answers"), "used up");
    people.invite(Invited::Person(id), "n", 100).await.expect("invites");
    people.set_password(id, "$argon2id$", "s2").await.expect("sets");
    assert_eq!(people.invited("n", 99).await.expect("known"), None, "a set password ends open links");
    assert!(people.account("minh").await.expect("known").expect("an account").person.has_password);
}

async fn failures_are_counted_by_name_and_by_address_until_forgiven(store: &Store) {
    let people = store.people();
    for (name, address, at) in [("lan", "A", 10), ("lan", "A", 11), ("lan", "B", 12), ("minh", "A", 13)] {
        people.note_failure(name, address, at).await.expect("notes");
    }
    let failures = async |since| people.failures("lan", "A", since).await.expect("counts");
    assert_eq!(failures(0).await, Failures { of_both: 2, of_name: 3, of_address: 3 });
    assert_eq!(failures(10).await, Failures { of_both: 1, of_name: 2, of_address: 2 });
    people.forgive("lan", "A").await.expect("forgives");
    assert_eq!(failures(0).await, Failures { of_both: 0, of_name: 1, of_address: 1 });
    people.forget(0, 12).await.expect("forgets");
    assert_eq!(failures(0).await, Failures { of_both: 0, of_name: 0, of_address: 1 });
}

async fn a_removed_or_changed_line_of_the_log_shows(store: &Store) {
    let people = store.people();
    let entry = |at, actor: &str, action, object: &str| Entry {
        at,
        actor: actor.to_owned(),
        role: "admin".to_owned(),
        action,
        object: object.to_owned(),
        detail: "100% _lạ_".to_owned(),
        from_address: "10.0.0.7".to_owned(),
    };
    assert_eq!(people.broken_audit().await.expect("read"), None, "an empty log is whole");
    let lines = [
        entry(10, "lan", Action::SignedIn, ""),
        entry(20, "lan", Action::ListTaken, "/ho-so/danh-sach.xlsx"),
        entry(30, "minh", Action::Undone, "7"),
    ];
    for line in &lines {
        people.note(line).await.expect("notes");
    }
    let both = entry(40, "lan", Action::SignedOut, "");
    let (one, other) = tokio::join!(people.note(&both), people.note(&both));
    for noted in [one, other] {
        noted.expect("notes");
    }
    assert_eq!(people.broken_audit().await.expect("read"), None);

    let asked = async |question: AuditQuestion| {
        let (total, lines) = people.audit(&question, 2, 0).await.expect("read");
        (total, lines.into_iter().map(|line| line.line).collect::<Vec<_>>())
    };
    assert_eq!(asked(AuditQuestion::default()).await, (5, vec![5, 4]), "the newest first");
    let of = |actor: &str| AuditQuestion { actor: actor.to_owned(), ..AuditQuestion::default() };
    assert_eq!(asked(of("LA")).await, (4, vec![5, 4]));
    assert_eq!(asked(of("%")).await, (0, vec![]), "a sign of the search language is a letter like others");
    let about = AuditQuestion { about: "danh-sach".to_owned(), ..AuditQuestion::default() };
    assert_eq!(asked(about).await, (1, vec![2]));
    let action = AuditQuestion { action: Some(Action::Undone), ..AuditQuestion::default() };
    assert_eq!(asked(action).await, (1, vec![3]));
    let within = AuditQuestion { from: Some(20), before: Some(30), ..AuditQuestion::default() };
    assert_eq!(asked(within).await, (1, vec![2]));

    let broken = async || people.broken_audit().await.expect("read").map(|broken| broken.line);
    tamper(store, "update audit set detail = 'x' where line = 2").await;
    assert_eq!(broken().await, Some(2));
    tamper(store, "update audit set detail = '100% _lạ_' where line = 2").await;
    assert_eq!(broken().await, None);
    tamper(store, "delete from audit where line = 5").await;
    assert_eq!(broken().await, Some(5), "the last line is missed too");
    tamper(store, "delete from audit where line = 3").await;
    assert_eq!(broken().await, Some(3));
}

async fn who_a_provider_vouches_for_keeps_the_account_although_somebody_else_gets_the_name(store: &Store) {
    let people = store.people();
    let named = |name: &str, at_provider: Option<&str>| NewPerson {
        openid_name: at_provider.map(str::to_owned),
        ..new(name, Role::Leader, None)
    };
    let vouched = async |issuer: &'static str, subject: &'static str, name: Option<&'static str>| {
        let person = people.vouched_for(Vouched { issuer, subject, name }).await.expect("answers");
        person.map(|person| person.name)
    };
    let hoa =
        people.let_in(&named("hoa", Some("hoa@city")), "s", 1).await.expect("answers").expect("a new name");
    assert_eq!(
        people.let_in(&named("binh", Some("hoa@city")), "s", 1).await.expect("answers"),
        None,
        "taken"
    );
    let binh = people.let_in(&named("binh", None), "s", 1).await.expect("answers").expect("a new name");
    assert!(!people.change(binh, &named("binh", Some("hoa@city")), "s").await.expect("answers"), "taken");

    assert_eq!(vouched("https://a", "1", None).await, None, "nobody is known by the subject yet");
    assert_eq!(vouched("https://a", "1", Some("binh")).await, None, "a sign-in name here says nothing there");
    assert_eq!(vouched("https://a", "1", Some("hoa@city")).await.as_deref(), Some("hoa"));
    assert_eq!(vouched("https://a", "1", Some("renamed")).await.as_deref(), Some("hoa"), "the subject stays");
    assert_eq!(
        vouched("https://a", "2", Some("hoa@city")).await,
        None,
        "who has the name now is somebody else"
    );
    assert_eq!(vouched("https://a", "1", None).await.as_deref(), Some("hoa"));
    assert_eq!(vouched("https://b", "1", None).await, None, "a subject is one of its provider");

    // A role is changed: still the same person there. Another name is written down: another person.
    assert!(people.change(hoa, &named("hoa", Some("hoa@city")), "s").await.expect("changes"));
    assert_eq!(vouched("https://a", "1", None).await.as_deref(), Some("hoa"));
    assert!(people.change(hoa, &named("hoa", Some("hoa2@city")), "s").await.expect("changes"));
    assert_eq!(vouched("https://a", "1", Some("hoa@city")).await, None);
    assert_eq!(vouched("https://a", "2", Some("hoa2@city")).await.as_deref(), Some("hoa"));
    assert!(people.change(hoa, &named("hoa", None), "s").await.expect("changes"));
    assert_eq!(vouched("https://a", "2", Some("hoa2@city")).await, None, "taken away");
}
