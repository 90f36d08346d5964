/** What the AI suggested for an event draft and its owner selected: read from the AI service's key, never written. */
package com.kt.event.content.recommendation;
