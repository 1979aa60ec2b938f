package org.rigatino.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationSuccessEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rigatino.audit.EventKind;

class SignInRecordTest {
    private final List<String> told = new ArrayList<>();
    private int failures;

    private final SignInRecord record = new SignInRecord() {
        @Override
        void append(EventKind kind, String name, String detail, String address) {
            if (failures-- > 0) {
                throw new IllegalStateException("the database ended this for the sake of another");
            }
            told.add(kind + " " + name + " " + detail);
        }
    };

    private void request() {
        record.succeeded(new AuthenticationSuccessEvent(
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal("carla"))
                        .build(),
                Map.of()));
    }

    @Test
    void aSignInThatCouldNotBeRecordedIsWithTheNextRequestAndOnceAnHour() {
        failures = 1;
        assertThatThrownBy(this::request).isInstanceOf(IllegalStateException.class);
        assertThat(told).isEmpty();
        request();
        request();
        assertThat(told).containsExactly("SIGN_IN carla by the identity provider");
    }
}
