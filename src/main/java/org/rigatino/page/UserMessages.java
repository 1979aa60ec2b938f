package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.access.UserView;

/** What the pages of users say, in English; German is in {@code messages/users_de.properties}. */
@MessageBundle(value = "users", locale = "en")
public interface UserMessages {
    @Message("Users")
    String users();

    @Message("User {name}")
    String named(String name);

    @Message("Users: add and change")
    String administer();

    @Message("Change {name}")
    String changeNamed(String name);

    @Message("Not done:")
    String refused();

    @Message("{name} is removed and has no access any more.")
    String wasRemoved(String name);

    @Message("{name} is added and may sign in.")
    String wasAdded(String name);

    @Message("Saved. It is in force.")
    String saved();

    @Message(
            "So far nobody signs in here: whoever is at this machine may do everything. The first user ends that at once, for you too: what follows is a page to sign in, as the user that you add. It needs the role administrator, and its password cannot be read again.")
    String firstCloses();

    @Message(
            "People also come from the identity provider of the configuration. They are not kept here: who they are, what they may do and whether they still may is changed there.")
    String identityProvider();

    @Message("Nobody has been added here yet.")
    String none();

    @Message("Added")
    String added();

    @Message("Last sign-in")
    String lastSignIn();

    @Message("none on record")
    String neverSignedIn();

    @Message("{#when state}{#is ACTIVE}may sign in{#is LOCKED}locked after wrong passwords{#else}disabled{/when}")
    String is(UserView.State state);

    @Message("until {until}")
    String until(String until);

    @Message("since {since}")
    String since(String since);

    @Message("changed by {person}, {at}")
    String changedBy(String person, String at);

    @Message("Add a user")
    String add();

    @Message("Name to sign in with")
    String name();

    @Message("1 to 64 lower case letters, digits and . _ @ -; it stays")
    String nameHint();

    @Message("Roles")
    String roles();

    @Message(
            "{#if role == 'administrator'}administrator: settings, users, what failed{#else if role == 'auditor'}auditor: the record of what was done{#else if role == 'coordinator'}coordinator: the worklist{#else}radiologist: the worklist, answers to findings, reports{/if}")
    String means(String role);

    @Message("Password")
    String password();

    @Message("Password again")
    String again();

    @Message("At least 12 characters, at most 72 bytes. It is kept as a hash alone; give it to its owner in person.")
    String passwordHint();

    @Message("Save roles")
    String saveRoles();

    @Message("In force at once, for open sessions too.")
    String rolesMean();

    @Message("Your password")
    String ownPassword();

    @Message("Password so far")
    String currentPassword();

    @Message(
            "12 characters at least, of which five are different, and 72 bytes at most. Your sessions end, this one too.")
    String ownPasswordHint();

    @Message("Change it")
    String changeOwn();

    @Message("Your password is another now. Sign in with it.")
    String ownChanged();

    @Message("Set a new password")
    String newPassword();

    @Message("Open sessions end, and a lock after wrong passwords is lifted.")
    String passwordMeans();

    @Message("You will have to sign in again.")
    String ownPasswordMeans();

    @Message("Disable")
    String disable();

    @Message("Access ends at once, open sessions too. Everything else stays, and it can be given back.")
    String disableMeans();

    @Message("Enable")
    String enable();

    @Message("Access is given back, with the same password, and a lock after wrong passwords is lifted.")
    String enableMeans();

    @Message("Remove")
    String remove();

    @Message(
            "Access ends at once, open sessions too. What {name} did stays in the record under the name. Who may come back is better disabled.")
    String removeMeans(String name);

    @Message("Remove {name}")
    String agree(String name);

    @Message("Remove {name}: this is you, and takes away your own access")
    String agreeOwn(String name);

    @Message("This is you: I take away my own access as an administrator")
    String own();

    @Message("All users")
    String back();
}
