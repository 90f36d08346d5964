/** The HTTP face of the service: the resources, the views that they answer with, and how failures become problems. */
package com.kt.event.content.api;
