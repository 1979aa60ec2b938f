package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Pages of those who read and decide, on one application. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.page.AnswerFormIT",
            "org.rigatino.page.EveryPageIT",
            "org.rigatino.page.StudyPageIT",
            "org.rigatino.page.StudyViewIT",
            "org.rigatino.page.WorklistPageIT"
        })
class ReaderPagesIT {}
