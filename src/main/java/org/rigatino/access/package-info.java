/**
 * Who may do what over HTTP: role names, the ways to sign in, and the rules that hold for every request. Resources say
 * with {@code @RolesAllowed} and a constant of {@link org.rigatino.access.UserRole} whom they serve; one that says
 * nothing serves nobody.
 */
package org.rigatino.access;
