package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Pages, on one application. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.page.AdministrationPageIT",
            "org.rigatino.page.AnswerFormIT",
            "org.rigatino.page.AuditPageIT",
            "org.rigatino.page.EveryPageIT",
            "org.rigatino.page.ModelPageIT",
            "org.rigatino.page.RulesPageIT",
            "org.rigatino.page.StudyPageIT",
            "org.rigatino.page.StudyViewIT",
            "org.rigatino.page.UserPageIT",
            "org.rigatino.page.WorklistPageIT"
        })
class PagesIT {}
