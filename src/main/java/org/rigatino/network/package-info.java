/**
 * Networks as DJL blocks: here the blocks that methods share, in one package a method its networks and losses. Arrays in,
 * arrays out; nothing of ours is known.
 */
package org.rigatino.network;
