/**
 * Draws a recommendation in a style: the prompt, and the guarded call of the paid, slow, sometimes broken image API.
 */
package com.kt.event.content.generator;
