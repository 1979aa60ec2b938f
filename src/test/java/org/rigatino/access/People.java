package org.rigatino.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;

/** Users whose password is hashed at bcrypt's least cost: {@code ./rigatino user} takes most of a second for each. */
public final class People {
    static final int LEAST_COST = 4;

    private People() {}

    /** Adds a user who is in no audit trail, of the running application's database. */
    public static void add(String name, String role, String password) {
        try (DatabaseConnection database = DatabaseConnection.open(null, DatabaseRole.OWNER)) {
            if (!new UserStore(database.connection())
                    .add(name, Set.of(role), BcryptUtil.bcryptHash(password, LEAST_COST), null)) {
                throw new IllegalStateException("there is a user " + name + " already");
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
