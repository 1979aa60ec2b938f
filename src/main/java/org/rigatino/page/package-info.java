/**
 * The web page: the worklist and, behind each of its rows, a study with pictures of what was found. HTML is made here from
 * templates; forms and links work without JavaScript, which keeps the list fresh and moves the viewer's controls. What the
 * page does, REST does too.
 */
package org.rigatino.page;
