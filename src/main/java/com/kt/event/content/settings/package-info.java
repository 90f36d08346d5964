/** What a setting may be: how its text is read, what is wrong with it, and which names there are. */
package com.kt.event.content.settings;
