package org.muster.agent.app;

import android.app.Activity;
import android.graphics.Typeface;
import android.os.Build;
import android.text.SpannableStringBuilder;
import android.text.Spanned;
import android.text.style.BulletSpan;
import android.util.TypedValue;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.ProgressBar;
import android.widget.ScrollView;
import android.widget.TextView;
import java.util.Locale;
import org.muster.agent.R;

/** A plain page of text and buttons, from top to bottom; it scrolls and keeps clear of the bars of the system. */
final class Page {
  private static final int EDGE_DP = 24;
  private static final int GAP_DP = 12;
  private static final int POINT_DP = 8;
  private static final float TITLE_SP = 24;
  private static final float TEXT_SP = 16;

  private final Activity activity;
  private final LinearLayout column;

  Page(Activity activity) {
    this.activity = activity;
    column = new LinearLayout(activity);
    column.setOrientation(LinearLayout.VERTICAL);
    int edge = pixels(EDGE_DP);
    column.setPadding(edge, edge, edge, edge);
    ScrollView scroll = new ScrollView(activity);
    scroll.setFitsSystemWindows(true);
    scroll.addView(column);
    activity.setContentView(scroll);
  }

  static String organization(Activity activity, String known) {
    return known == null || known.isEmpty() ? activity.getString(R.string.your_organization) : known;
  }

  void clear() {
    column.removeAllViews();
  }

  void title(String text) {
    write(text, TITLE_SP, R.color.ink, true);
    activity.setTitle(text);
  }

  void heading(String text) {
    write(text, TEXT_SP, R.color.ink, true);
  }

  void text(String text) {
    write(text, TEXT_SP, R.color.ink, false);
  }

  /** A point for each of the things that a text names with points between them. */
  void list(String text) {
    SpannableStringBuilder lines = new SpannableStringBuilder();
    for (String thing : text.split(" · ")) {
      if (lines.length() > 0) lines.append("\n");
      int from = lines.length();
      lines.append(thing.substring(0, 1).toUpperCase(Locale.getDefault())).append(thing.substring(1));
      lines.setSpan(new BulletSpan(pixels(POINT_DP)), from, lines.length(), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
    }
    write(lines, TEXT_SP, R.color.ink, false);
  }

  void quiet(String text) {
    write(text, TEXT_SP, R.color.quiet, false);
  }

  void alarm(String text) {
    write(text, TEXT_SP, R.color.alarm, false);
  }

  private void write(CharSequence text, float size, int color, boolean heading) {
    TextView view = new TextView(activity);
    view.setText(text);
    view.setTextSize(TypedValue.COMPLEX_UNIT_SP, size);
    view.setTextColor(activity.getColor(color));
    if (heading) {
      view.setTypeface(Typeface.DEFAULT_BOLD);
      if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) view.setAccessibilityHeading(true);
    }
    add(view, ViewGroup.LayoutParams.MATCH_PARENT);
  }

  void button(String text, final Runnable pressed) {
    Button button = new Button(activity);
    button.setText(text);
    button.setAllCaps(false);
    button.setOnClickListener(new View.OnClickListener() {
      @Override
      public void onClick(View view) {
        pressed.run();
      }
    });
    add(button, ViewGroup.LayoutParams.WRAP_CONTENT);
  }

  void progress() {
    add(new ProgressBar(activity), ViewGroup.LayoutParams.WRAP_CONTENT);
  }

  void add(View view, int width) {
    LinearLayout.LayoutParams place = new LinearLayout.LayoutParams(width, ViewGroup.LayoutParams.WRAP_CONTENT);
    place.bottomMargin = pixels(GAP_DP);
    column.addView(view, place);
  }

  private int pixels(int dp) {
    return Math.round(dp * activity.getResources().getDisplayMetrics().density);
  }
}
