package org.rigatino.page;

import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.access.NewUser;
import org.rigatino.access.UserReason;
import org.rigatino.access.UserRole;

/** Who is to be added, as it was typed. The page gets the name and the roles back, and never the password. */
public class UserForm {
    /** In the order of {@link UserRole#ALL}. */
    static final List<String> ROLES =
            UserRole.ALL.stream().filter(UserRole.OF_PEOPLE::contains).toList();

    @FormParam("name")
    String name;

    @FormParam("role")
    List<String> roles;

    @FormParam("password")
    String password;

    @FormParam("again")
    String again;

    /** @throws IllegalArgumentException where the two passwords differ */
    NewUser entered() {
        checkTwice(password, again);
        return new NewUser(name == null ? null : name.strip(), of(roles), password);
    }

    static void checkTwice(String password, String again) {
        if (password != null && !password.equals(again)) {
            throw UserReason.DIFFER.wrong();
        }
    }

    static Set<String> of(List<String> roles) {
        return Stream.ofNullable(roles).flatMap(List::stream).collect(Collectors.toSet());
    }

    public boolean has(String role) {
        return roles != null && roles.contains(role);
    }

    public String getName() {
        return name == null ? "" : name;
    }
}
