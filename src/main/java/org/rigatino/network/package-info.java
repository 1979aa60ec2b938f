/** Networks as DJL blocks, one package a method, each with its losses. Arrays in, arrays out; nothing of ours is known. */
package org.rigatino.network;
