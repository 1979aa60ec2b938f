/**
 * The rules of the house: by who sent an image and what its header says, which releases may look at it, which destinations
 * receive what is made of it, and which studies come first. Read from one file, asked by whoever receives and restores; what is
 * done about an answer is not known here.
 */
package org.rigatino.rule;
