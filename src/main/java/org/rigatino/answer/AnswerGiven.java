package org.rigatino.answer;

/** An answer was recorded; told within its transaction. */
public record AnswerGiven(long answerId) {}
