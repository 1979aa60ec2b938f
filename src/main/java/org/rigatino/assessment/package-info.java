/**
 * What people answer, as objects for archives that ask for them: which answer is to be sent, what it is about, and why another is
 * not. How such an object is encoded {@code result} knows, how it gets there {@code deliver}.
 */
package org.rigatino.assessment;
