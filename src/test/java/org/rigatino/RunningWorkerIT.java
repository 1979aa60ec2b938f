package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Studies from end to end, on one application. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.page.RefusedPageIT",
            "org.rigatino.worker.HouseRulesIT",
            "org.rigatino.worker.LogScrubbingIT",
            "org.rigatino.worker.StudyPathIT"
        })
class RunningWorkerIT {}
