package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Objects of every kind that archives take, on one application. Each class can be run alone. */
@Suite
@SelectClasses(names = {"org.rigatino.worker.RejectionNoteIT", "org.rigatino.worker.ResultObjectsIT"})
class EveryObjectIT {}
