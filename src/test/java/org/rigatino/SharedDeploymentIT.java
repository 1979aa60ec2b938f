package org.rigatino;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.rigatino.proof.demo.SharedDeployment;

/** Studies that are sent to the packaged jar, on one deployment of it. Each class can be run alone. */
@Suite
@SelectClasses(names = {"org.rigatino.proof.demo.SharedDataIT", "org.rigatino.proof.demo.WholePathIT"})
class SharedDeploymentIT {
    /** It would go on working beside other tests. */
    @AfterSuite
    static void end() {
        SharedDeployment.end();
    }
}
