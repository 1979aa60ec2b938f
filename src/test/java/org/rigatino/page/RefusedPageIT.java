package org.rigatino.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.rigatino.worker.RunningWorker;

/** A worker on which nobody signs in, so that nobody is shown whose studies are. */
@QuarkusTest
@WithTestResource(RunningWorker.class)
class RefusedPageIT {
    @Test
    void whoeverIsRefusedReadsWhy() {
        given().accept("text/html,image/png")
                .get("/studies/1.2.3/earlier.png")
                .then()
                .statusCode(403)
                .contentType("text/html")
                .body(containsString(
                        "<span lang=\"en\">rigatino.page.identity does not show you whose studies are</span>"));
    }
}
