package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import picocli.CommandLine;

/** Signs in and runs the command of users as the tests of both do; each name is of one test. */
final class SigningIn {
    static final String PASSWORD = "Grünes Haus am See 7";
    static final String COOKIE = "rigatino-session";
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    private SigningIn() {}

    static Response signIn(String name, String password) {
        return given().contentType(FORM)
                .formParam("name", name)
                .formParam("password", password)
                .post("/sign-in");
    }

    static void add(String name, String role) {
        People.add(name, role, PASSWORD);
    }

    static void addByCommand(String name, String role) {
        assertThat(withInput(PASSWORD, "add", name, "--role", role, "--password-stdin"))
                .isZero();
    }

    static int command(String... arguments) {
        return new CommandLine(new UserCommand()).execute(arguments);
    }

    static int withInput(String line, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return command(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Details of the events of a kind, oldest first. */
    static List<String> trail(DataSource database, String kind, String subject) throws SQLException {
        return events(database, "detail", kind, subject);
    }

    static List<String> who(DataSource database, String kind, String subject) throws SQLException {
        return events(database, "actor || ' from ' || address", kind, subject);
    }

    private static List<String> events(DataSource database, String what, String kind, String subject)
            throws SQLException {
        List<String> details = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select " + what + " from audit_event"
                        + " where kind = ? and subject is not distinct from ? order by id")) {
            query.setString(1, kind);
            query.setString(2, subject);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    details.add(rows.getString(1));
                }
            }
        }
        return details;
    }
}
