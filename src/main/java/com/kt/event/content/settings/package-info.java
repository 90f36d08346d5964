/** Validation of settings before the start: known names, syntax, ranges. */
package com.kt.event.content.settings;
