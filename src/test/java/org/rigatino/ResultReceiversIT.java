package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Those who are told of results, on one application. Each class can be run alone. */
@Suite
@SelectClasses(names = {"org.rigatino.worker.Hl7IT", "org.rigatino.worker.WebhookIT"})
class ResultReceiversIT {}
