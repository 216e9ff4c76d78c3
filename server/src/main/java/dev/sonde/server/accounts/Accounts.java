package dev.sonde.server.accounts;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.Project;
import dev.sonde.server.storage.ControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** People: their passwords, their signed-in browsers, and the one-time link that makes the first of them. */
public final class Accounts {

    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SETUP_VALID = Duration.ofMinutes(30);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 10;
    private static final Duration ATTEMPTS_WINDOW = Duration.ofMinutes(5);
    private static final String SETUP = "setup";

    private final ControlPlane control;
    private final Clock clock;
    private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

    public Accounts(ControlPlane control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** A signed-in browser: its secret for the cookie, and the token that changes must show. */
    public record SignedIn(Account account, String secret) {

        /** The token that a change must carry besides the cookie. */
        public String csrf() {
            return Secrets.hash("csrf", secret).substring(0, 32);
        }
    }

    /** Too many wrong passwords for one address. */
    public static final class ThrottledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Makes an account. */
    public Account create(String email, String name, String password) {
        Account account = new Account(
                UUID.randomUUID().toString(), normal(email), name.strip(), Passwords.hash(password), clock.instant());
        control.saveAccount(account);
        return account;
    }

    /** Signs in; empty when address or password are wrong. */
    public Optional<SignedIn> signIn(String email, String password) {
        String address = normal(email);
        throttle(address);
        Optional<Account> account = control.findAccountByEmail(address);
        boolean right =
                Passwords.matches(password, account.map(Account::passwordHash).orElseGet(Accounts::nobody));
        if (!right || account.isEmpty()) {
            return Optional.empty();
        }
        attempts.remove(address);
        return Optional.of(open(account.get()));
    }

    /** Opens a browser session without a password. */
    public SignedIn open(Account account) {
        String secret = Secrets.token();
        Instant now = clock.instant();
        control.saveBrowserSession(Secrets.hash("", secret), account.id(), now, now);
        return new SignedIn(account, secret);
    }

    /** The account behind a cookie, unless it has expired. */
    public Optional<SignedIn> find(String secret) {
        String hash = Secrets.hash("", secret);
        Optional<ControlPlane.BrowserSession> session = control.findBrowserSession(hash);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        ControlPlane.BrowserSession found = session.get();
        if (found.lastSeenAt().plus(IDLE).isBefore(now)
                || found.createdAt().plus(LONGEST).isBefore(now)) {
            control.deleteBrowserSession(hash);
            return Optional.empty();
        }
        if (found.lastSeenAt().plus(SEEN_EVERY).isBefore(now)) {
            control.saveBrowserSession(hash, found.accountId(), found.createdAt(), now);
        }
        return control.findAccount(found.accountId()).map(account -> new SignedIn(account, secret));
    }

    /** Signs out. */
    public void signOut(String secret) {
        control.deleteBrowserSession(Secrets.hash("", secret));
    }

    /** What an account can open. */
    public List<Account.Membership> memberships(Account account) {
        return control.memberships(account.id());
    }

    /** Whether nobody can sign in yet. */
    public boolean setupNeeded() {
        return !control.anyAccount();
    }

    /** A fresh token for the one-time set-up link; an earlier one ends. */
    public String setupToken() {
        String token = Secrets.token().substring(0, 22);
        control.saveSetting(
                SETUP,
                Secrets.hash("", token) + " "
                        + clock.instant().plus(SETUP_VALID).getEpochSecond());
        return token;
    }

    /** Whether a set-up token is good. */
    public boolean setupValid(String token) {
        if (!setupNeeded()) {
            return false;
        }
        String[] stored = control.findSetting(SETUP).orElse(" 0").split(" ", 2);
        return Secrets.same(stored[0], Secrets.hash("", token))
                && clock.instant().getEpochSecond() < Long.parseLong(stored[1]);
    }

    /** Makes the first account, owner of every project there is, and uses the token up. */
    public synchronized Optional<SignedIn> setUp(String token, String email, String name, String password) {
        if (!setupValid(token)) {
            return Optional.empty();
        }
        Account account = create(email, name, password);
        for (Project project : control.projects()) {
            control.saveMembership(account.id(), project.id(), Account.Role.OWNER);
        }
        control.deleteSetting(SETUP);
        return Optional.of(open(account));
    }

    /** Compared with when an address is unknown, so that both answers take the same time. */
    private static String nobody() {
        return Nobody.HASH;
    }

    private void throttle(String address) {
        Instant now = clock.instant();
        if (attempts.size() > 10_000) {
            attempts.clear();
        }
        Attempts made = attempts.merge(
                address,
                new Attempts(now, 1),
                (before, one) -> before.since().plus(ATTEMPTS_WINDOW).isBefore(now)
                        ? one
                        : new Attempts(before.since(), before.count() + 1));
        if (made.count() > ATTEMPTS) {
            throw new ThrottledException();
        }
    }

    private static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Made when first needed: it costs as much as a password. */
    private static final class Nobody {
        private static final String HASH = Passwords.hash(Secrets.token());
    }

    private record Attempts(Instant since, int count) {}
}
