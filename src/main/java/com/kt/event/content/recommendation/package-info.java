/** The AI recommendation that the owner selected for an event draft: read from the AI service's key, never written. */
package com.kt.event.content.recommendation;
